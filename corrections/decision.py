"""What editors decide about cases: one function for each decision, each in one transaction with its Act."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from corrections.grouping import Span
from corrections.models import Case
from corrections.screening import refuse_hidden_characters
from newsroom.audit import append_act
from newsroom.histories import save_with_reason
from newsroom.markup import plain_line
from newsroom.models import Editor, Kind, Proposal, Revision
from newsroom.proposals import approve_proposal, propose_revision, return_proposal
from newsroom.publishing import AlreadyDecided, NoteRequired, NotPermitted, lock_article, publish_revision
from newsroom.text import NotCanonical, Wording, deletion_span, splice

PERMISSION = "corrections.decide_case"

# What a category proposes as kind; for the others the editor chooses.
KIND_OF_CATEGORY = {
    "typo": Kind.TYPO,
    "clarity": Kind.CLARIFICATION,
    "fact": Kind.CORRECTION,
    "name": Kind.CORRECTION,
}


class PassageLost(Exception):
    """A case's passage does not stand in the base revision, so nothing can be put in its place."""


class PassagesOverlap(Exception):
    """Two cases would change the same words in one revision."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What shall stand in the place of a case's passage, or of `span`, code points of its field, which covers it."""

    case: Case
    replacement: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A wording with edits in it, and where each case's words stand in it: code points of the case's field."""

    wording: Wording
    spots: dict[int, tuple[int, int]]


def compose(base: Revision, edits: Sequence[Edit]) -> Composed:
    """The base's wording with every edit in its place.

    Raises PassageLost, PassagesOverlap, HiddenCharacters, and NotCanonical of newsroom.text.
    """
    wording, spots = base.content.wording, dict[int, tuple[int, int]]()
    shift: dict[str, int] = {}
    last_end: dict[str, int] = {}
    for edit, start, end in sorted((_placed(edit, base) for edit in edits), key=lambda item: item[1:]):
        field = edit.case.field
        if start < last_end.get(field, 0):
            raise PassagesOverlap
        refuse_hidden_characters(edit.replacement, known=base.content.canonical(field)[start:end])
        moved = shift.get(field, 0)
        wording = _with(wording, field, start + moved, end + moved, edit.replacement)
        spots[edit.case.pk] = (start + moved, start + moved + len(edit.replacement))
        shift[field] = moved + len(edit.replacement) - (end - start)
        last_end[field] = end
    return Composed(wording, spots)


def publish_cases(
    cases: Sequence[Case], *, by: Editor, base: Revision, composed: Composed, kind: Kind, note: str = ""
) -> Revision:
    """Publish one revision that settles every one of `cases`.

    Raises AlreadyDecided, NotPermitted, and what publish_revision raises, StaleRevision above all.
    """
    _refuse_stranger(by)
    with transaction.atomic():
        locked = _lock_open(cases)
        revision = publish_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
        for case in locked:
            _mark_published(case, revision, by=by, spot=composed.spots.get(case.pk))
        _record("publish_case", locked, by=by, payload={"revision": revision.number})
    return revision


def propose_cases(
    cases: Sequence[Case], *, by: Editor, base: Revision, composed: Composed, kind: Kind, note: str = ""
) -> Proposal:
    """Lay a revision that settles `cases` before a second editor. Raises as publish_cases does."""
    _refuse_stranger(by)
    with transaction.atomic():
        locked = _lock_open(cases)
        proposal = propose_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
        for case in locked:
            spot = composed.spots.get(case.pk)
            case.state, case.proposal = Case.State.PROPOSED, proposal
            case.spot_start, case.spot_end = spot or (None, None)
            save_with_reason(case, by=by, reason="proposed")
        _record("propose_case", locked, by=by, payload={"proposal": proposal.pk})
    return proposal


def approve_cases(proposal: Proposal, *, by: Editor, digest: str) -> Revision:
    """Publish what was proposed, as the second editor. Raises as approve_proposal does."""
    _refuse_stranger(by)
    with transaction.atomic():
        revision = approve_proposal(proposal, by=by, digest=digest)
        settle_proposed(proposal)
    return revision


def return_cases(proposal: Proposal, *, by: Editor, reason: str) -> None:
    """Send a proposal back; its cases are open again. Raises as return_proposal does."""
    _refuse_stranger(by)
    with transaction.atomic():
        return_proposal(proposal, by=by, reason=reason)
        settle_proposed(proposal)


def settle_proposed(proposal: Proposal) -> None:
    """Carry a decided proposal over to its cases, wherever it was decided. Safe to run twice."""
    with transaction.atomic():
        lock_article(proposal.article)
        decided = Proposal.objects.select_related("decided_by", "revision").get(pk=proposal.pk)
        cases = list(
            Case.objects.select_for_update(of=("self",), no_key=True)
            .select_related("article")
            .filter(proposal=decided, state=Case.State.PROPOSED)
        )
        for case in cases:
            _settle(case, decided)
        if cases and decided.state == Proposal.State.APPROVED and decided.revision:
            _record("publish_case", cases, by=decided.decided_by, payload={"revision": decided.revision.number})


def decline_case(case: Case, *, by: Editor, reason: str) -> Case:
    """Decline with a reason that the readers see. Raises AlreadyDecided, NoteRequired, NotPermitted."""
    _refuse_stranger(by)
    reason = reason.strip()
    if not reason:
        raise NoteRequired
    refuse_hidden_characters(reason)
    with transaction.atomic():
        [locked] = _lock_open([case])
        locked.state, locked.reason = Case.State.DECLINED, reason
        locked.decided_by, locked.decided_at = by, timezone.now()
        save_with_reason(locked, by=by, reason=reason)
        _record("decline_case", [locked], by=by, payload={"reason": reason})
    return locked


def _placed(edit: Edit, base: Revision) -> tuple[Edit, int, int]:
    case = edit.case
    if case.anchored_in_id != base.pk or case.start is None or case.end is None:
        raise PassageLost
    text = base.content.canonical(case.field)
    span = edit.span or Span(case.start, case.end)
    if not 0 <= span.start <= case.start <= case.end <= span.end <= len(text):
        raise PassageLost
    # A word that goes takes one of the blanks beside it along.
    return (edit, span.start, span.end) if edit.replacement else (edit, *deletion_span(text, span.start, span.end))


def _with(wording: Wording, field: str, start: int, end: int, replacement: str) -> Wording:
    old: str = getattr(wording, field)
    new = splice(old, start, end, replacement) if field == "body" else old[:start] + replacement + old[end:]
    if field != "body" and plain_line(new) != new:
        raise NotCanonical
    return replace(wording, **{field: new})


def _refuse_stranger(by: Editor) -> None:
    if not by.has_perm(PERMISSION):
        raise NotPermitted


def _lock_open(cases: Sequence[Case]) -> list[Case]:
    """The rows as they stand now, locked after their article as triage does, so that nobody waits in a ring."""
    lock_article(cases[0].article)
    locked = list(
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("article")
        .filter(pk__in=[case.pk for case in cases])
        .order_by("pk")
    )
    if any(case.state != Case.State.OPEN for case in locked) or len({case.article_id for case in locked}) != 1:
        raise AlreadyDecided
    return locked


def _settle(case: Case, proposal: Proposal) -> None:
    if proposal.state == Proposal.State.APPROVED and proposal.revision and proposal.decided_by:
        spot = (case.spot_start, case.spot_end) if case.spot_start is not None else None
        _mark_published(case, proposal.revision, by=proposal.decided_by, spot=spot)
    elif proposal.state == Proposal.State.RETURNED:
        case.state = Case.State.OPEN
        save_with_reason(case, by=proposal.decided_by, reason=proposal.reason)


def _mark_published(case: Case, revision: Revision, *, by: Editor, spot: tuple[int | None, int | None] | None) -> None:
    case.state, case.published_in = Case.State.PUBLISHED, revision
    case.spot_start, case.spot_end = spot or (None, None)
    case.decided_by, case.decided_at = by, timezone.now()
    save_with_reason(case, by=by, reason=f"published in revision {revision.number}")


def _record(verb: str, cases: Sequence[Case], *, by: Editor | None, payload: dict[str, object]) -> None:
    """Last in the transaction, since the head of the chain stays locked until its end."""
    slug = cases[0].article.slug
    append_act(verb, subject=f"article:{slug}", by=by, payload={"cases": [case.pk for case in cases], **payload})
