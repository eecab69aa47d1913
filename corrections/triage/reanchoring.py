"""Re-anchor open cases when their article gets a new revision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corrections.anchoring.relocation import Anchor, Status
from corrections.anchoring.spans import Span
from corrections.anchoring.tokens import fold
from corrections.jobs.failures import resting_keys
from corrections.models import AnchorStatus, Case, FailedJob, Suggestion
from corrections.models.change_reasons import ChangeReason
from corrections.triage.abandoned import close_abandoned
from corrections.triage.placement import NO_ANCHOR, Placer
from newsroom.audit.history import save_with_reason
from newsroom.models import Article, Proposal, Revision
from newsroom.publishing.moves import move_overtaken, overtaken_proposals
from newsroom.publishing.publish import lock_article

MOVED_FIELDS = ("anchored_in", "anchor", "start", "end", "change_start", "change_end")
CLOSED_WHEN_FIXED = (Case.State.OPEN, Case.State.HELD, Case.State.ASKED)
BATCH = 200  # rows per UPDATE, for SQLite's limit of parameters
# Not found even in the revision that its reader saw, so no later revision can place it.
NEVER_PLACED = (AnchorStatus.UNPLACED,)


def reanchor_article(article: Article) -> int:
    """Re-anchor every open case of an article in its current revision; returns how many.

    Texts are compared once per older revision. A case that already reads as suggested is closed; one that waits for a
    second editor waits on, while its proposal moves along. A lost passage stays in the queue.
    """
    for proposal in overtaken_proposals(article):
        move_overtaken(proposal)
    with transaction.atomic():
        return reanchor_locked(lock_article(article))


def reanchor_locked(article: Article) -> int:
    """The same for an article that the caller has locked; moving its overtaken proposals is left to the dispatcher."""
    stale = list(
        Case.objects.open()
        .filter(article=article)
        .exclude(anchored_in=article.current_id)
        .exclude(state=Case.State.DECIDED)  # it is executed on the base that it was decided on, or reopened
        .select_related("proposal")
        .select_for_update(of=("self",), no_key=True)
    )
    if not stale:
        return 0
    # One fetch per revision; select_related would fetch the article's text once per case.
    older = Revision.objects.select_related("stored_text").in_bulk({case.anchored_in_id for case in stale})
    withheld = {key for key, revision in older.items() if revision.content is None}
    lost = [case for case in stale if not case.is_placed or case.anchored_in_id in withheld]
    firsts = _first_suggestions(lost)
    placer = Placer(Revision.objects.current_of(article))
    for case in stale:
        _apply_anchor(case, _anchor(case, placer, older, firsts), placer)
    _save(stale)
    # Nothing is owed any more, whoever did it: no task would come to forget that it failed before.
    FailedJob.objects.filter(kind=FailedJob.Kind.ARTICLE, key=str(article.pk)).delete()
    return len(stale)


def articles_to_reanchor() -> list[int]:
    """Keys of articles with open cases anchored in an older revision than the current one, unless that failed."""
    resting = resting_keys(FailedJob.Kind.ARTICLE)
    stale = Case.objects.open().exclude(state=Case.State.DECIDED).exclude(anchored_in=F("article__current"))
    return list(stale.exclude(article__in=resting).order_by().values_list("article_id", flat=True).distinct())


def _first_suggestions(cases: Iterable[Case]) -> dict[int, Suggestion]:
    """The first suggestion of each case that has lost its place or the text of it, by the case's key."""
    lost = [case.pk for case in cases if case.field and case.anchor not in NEVER_PLACED]
    newest_first = Suggestion.objects.filter(case__in=lost).order_by("-received_at")
    return {sent.case_id: sent for sent in newest_first.prefetch_related("read_in__stored_text") if sent.case_id}


def _anchor(case: Case, placer: Placer, older: Mapping[int, Revision], firsts: Mapping[int, Suggestion]) -> Anchor:
    if not case.field:
        return NO_ANCHOR
    if case.start is not None and case.end is not None and older[case.anchored_in_id].content:
        passage = Span(case.start, case.end)
        return placer.follow(older[case.anchored_in_id], case.field, passage, case.replacement)
    # A lost passage may be back after a revert, and one of a withheld text stand in the current one: search from what
    # its first reader saw.
    if first := firsts.get(case.pk):
        return placer.place(first).anchor
    return Anchor(Status.removed if case.is_placed else Status(case.anchor), None, None, 0.0)


def _apply_anchor(case: Case, anchor: Anchor, placer: Placer) -> None:
    anchor = _compared_with_first(case, anchor, placer)
    change = placer.change(case.field, anchor, case.replacement) if case.field else None
    case.anchored_in = placer.current
    case.anchor, case.start, case.end = anchor.status.value, anchor.start, anchor.end
    case.change_start, case.change_end = (change.start, change.end) if change else (None, None)


def _compared_with_first(case: Case, anchor: Anchor, placer: Placer) -> Anchor:
    """CHANGED means edited since the reader marked it, not since the previous revision."""
    if anchor.status not in (Status.exact, Status.moved, Status.changed):
        return anchor
    now = placer.words(case.field, anchor)
    if now == case.exact and anchor.status is Status.changed:
        return replace(anchor, status=Status.moved)
    return anchor if fold(now) == fold(case.exact) else replace(anchor, status=Status.changed)


def _save(cases: Sequence[Case]) -> None:
    """Anchors are updated in bulk, without history; a change of state gets a history row."""
    Case.objects.bulk_update(cases, MOVED_FIELDS, batch_size=BATCH)
    for case in cases:
        state = case.state
        if case.state == Case.State.PROPOSED and _was_returned(case):
            case.state = Case.State.OPEN
        if case.state in CLOSED_WHEN_FIXED and case.anchor == AnchorStatus.FIXED:
            case.state, case.decided_at = Case.State.ALREADY_FIXED, timezone.now()
        if case.state != state:
            save_with_reason(case, by=None, reason=ChangeReason.MOVED % {"number": case.anchored_in.number})
    close_abandoned(case.pk for case in cases)


def _was_returned(case: Case) -> bool:
    return case.proposal is None or case.proposal.state == Proposal.State.RETURNED
