"""Moves open cases along when their article gets a new revision."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corrections.anchoring import Anchor, Relocation, Status
from corrections.models import Case
from corrections.placing import change_at, place_suggestion
from newsroom.histories import save_unrecorded, save_with_reason
from newsroom.models import Article, Proposal, Revision
from newsroom.publishing import lock_article


def reanchor_article(article: Article) -> int:
    """Move every open case of an article to its current revision; returns how many were moved.

    A case that already reads as suggested is closed; one that waits for a second editor is sent back, since what was
    proposed is not what would be published. A passage that cannot be found stays in the queue and says so.
    """
    with transaction.atomic():
        locked = lock_article(article)
        stale = list(
            Case.objects.open()
            .filter(article=locked)
            .exclude(anchored_in=locked.current_id)
            .select_related("anchored_in__content", "proposal")
            .select_for_update(of=("self",), no_key=True)
        )
        if not stale:
            return 0
        current = Revision.objects.current_of(locked)
        relocations: dict[tuple[int, str], Relocation] = {}
        for case in stale:
            _reanchor(case, current, relocations)
    return len(stale)


def articles_owing_anchors() -> list[int]:
    """Keys of articles with open cases anchored in an older revision, whoever published the newer one."""
    owing = Case.objects.open().exclude(anchored_in=F("article__current"))
    return list(owing.order_by().values_list("article_id", flat=True).distinct())


def _reanchor(case: Case, current: Revision, relocations: dict[tuple[int, str], Relocation]) -> None:
    anchor = _relocated(case, current, relocations)
    change = change_at(current.content.canonical(case.field), anchor, case.replacement) if case.field else None
    case.anchored_in = current
    case.anchor, case.start, case.end = anchor.status.value, anchor.start, anchor.end
    case.change_start, case.change_end = (change.start, change.end) if change else (None, None)
    state = case.state
    if case.state == Case.State.PROPOSED and not _was_approved(case):
        case.state = Case.State.OPEN
    if case.state == Case.State.OPEN and anchor.status is Status.fixed:
        case.state, case.decided_at = Case.State.ALREADY_FIXED, timezone.now()
    if case.state == state:
        save_unrecorded(case)
    else:
        save_with_reason(case, by=None, reason=f"revision {current.number}")


def _was_approved(case: Case) -> bool:
    return case.proposal is not None and case.proposal.state == Proposal.State.APPROVED


def _relocated(case: Case, current: Revision, relocations: dict[tuple[int, str], Relocation]) -> Anchor:
    """Where the case's passage stands in `current`; one prepared pair of texts serves all cases of a field."""
    if not case.field:
        return Anchor(Status.unplaced, None, None, 0.0)
    if case.start is None or case.end is None:
        return _placed_again(case, current)
    key = (case.anchored_in_id, case.field)
    if key not in relocations:
        relocations[key] = Relocation(
            case.anchored_in.content.canonical(case.field), current.content.canonical(case.field)
        )
    return relocations[key].relocate(case.start, case.end, case.replacement)


def _placed_again(case: Case, current: Revision) -> Anchor:
    """A passage that was lost may be back, after a revert: look for it from what its first reader saw."""
    first = case.suggestions.select_related("read_in__content").order_by("received_at").first()
    if first is None:
        return Anchor(Status(case.anchor), None, None, 0.0)
    return place_suggestion(first, current).anchor
