"""Merge cases, or split one, where an editor disagrees with the automatic grouping."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils import timezone

from corrections.decisions.rules import append_case_act, lock_undecided, refuse_without_permission, settle
from corrections.models import AnchorStatus, Case, Suggestion
from corrections.models.change_reasons import ChangeReason
from corrections.triage.case_matching import new_case
from corrections.triage.placement import Placer
from corrections.triage.priority import rank_of
from newsroom.audit.history import save_with_reason
from newsroom.models import Editor, Revision


class NothingToMerge(Exception):
    """No other undecided case of the same article was chosen."""


class NothingToSplit(Exception):
    """All suggestions of the case were chosen, or none."""


def merge_cases(into: Case, others: Sequence[Case], *, by: Editor) -> Case:
    """Merge cases about the same error into one, with their suggestions.

    Raises NothingToMerge, AlreadyDecided, NotPermitted.
    """
    refuse_merge(into, others, by=by)
    merged = [case for case in others if case.pk != into.pk]
    with transaction.atomic():
        locked = {case.pk: case for case in lock_undecided([into, *merged])}
        target = locked.pop(into.pk)
        Suggestion.objects.filter(case__in=locked).update(case=target, merged_from=F("case"))
        now = timezone.now()
        for case in locked.values():
            case.merged_into, case.readers = target, 0
            settle(case, Case.State.MERGED, by=by, why=ChangeReason.MERGED_INTO % {"case": target.pk}, at=now)
        target.flags = sorted({*target.flags, *(flag for case in locked.values() for flag in case.flags)})
        _recount(target)
        save_with_reason(
            target, by=by, reason=ChangeReason.MERGED_WITH % {"cases": ", ".join(map(str, sorted(locked)))}
        )
        append_case_act("merge_cases", [target, *locked.values()], by=by)
    return target


def refuse_merge(into: Case, others: Sequence[Case], *, by: Editor) -> None:
    """Raises NothingToMerge, NotPermitted."""
    refuse_without_permission(by)
    merged = [case for case in others if case.pk != into.pk]
    if not merged or any(case.article_id != into.article_id for case in merged):
        raise NothingToMerge


def split_case(case: Case, suggestions: Sequence[Suggestion], *, by: Editor) -> Case:
    """Move some of a case's suggestions, with `read_in__stored_text` prefetched, to a new case.

    Raises NothingToSplit, AlreadyDecided, NotPermitted.
    """
    with transaction.atomic():
        [locked] = lock_undecided([case])
        chosen = {suggestion.pk for suggestion in suggestions}
        refuse_split(locked, chosen, by=by)
        first = min(suggestions, key=lambda suggestion: suggestion.received_at)
        new = _new_case(first, Revision.objects.current_of(locked.article), flags=locked.flags)
        save_with_reason(new, by=by, reason=ChangeReason.SPLIT_OFF % {"case": locked.pk})
        Suggestion.objects.filter(pk__in=chosen).update(case=new)
        for part in (locked, new):
            _recount(part)
            save_with_reason(part, by=by, reason=ChangeReason.SPLIT % {"case": locked.pk, "other": new.pk})
        append_case_act("split_case", [locked, new], by=by)
    return new


def refuse_split(case: Case, chosen: Collection[UUID], *, by: Editor) -> None:
    """Raises NothingToSplit, NotPermitted."""
    refuse_without_permission(by)
    members = set(case.suggestions.live().values_list("pk", flat=True))
    if not chosen or not set(chosen) < members:
        raise NothingToSplit


def _new_case(first: Suggestion, current: Revision, *, flags: list[str]) -> Case:
    case = new_case(first, Placer(current).place(first), flags=flags)
    if case.anchor == AnchorStatus.FIXED:
        # An editor split it off on purpose, so it is open even if the text already reads as suggested.
        case.anchor = AnchorStatus.MOVED
    return case


def _recount(case: Case) -> None:
    live = case.suggestions.live()
    times = live.aggregate(first=Min("received_at"), last=Max("received_at"))
    case.readers = live.count()
    case.first_at, case.last_at = times["first"] or case.first_at, times["last"] or case.last_at
    case.rank = rank_of(
        first_at=case.first_at,
        readers=case.readers,
        category=case.category,
        published_at=case.anchored_in.published_at,
    )
