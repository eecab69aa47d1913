"""Match suggestions to the open cases of one article, or open new ones; saved in bulk."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from corrections.anchoring.relocation import Status
from corrections.anchoring.spans import Span, overlap
from corrections.models import Case, Suggestion
from corrections.triage.placement import Placement
from corrections.triage.priority import rank_of
from corrections.triage.reported_elements import element_digest
from newsroom.models import Revision

# Fields that a further reader changes, and fields that matching reads.
COUNTER_FIELDS = ("readers", "last_at", "flags", "rank")
MATCH_FIELDS = (
    *COUNTER_FIELDS,
    *("field", "exact", "replacement", "about_element", "about_digest", "category", "first_at"),
    *("start", "change_start", "change_end", "anchored_in_id"),
)


class CaseMatcher:
    """The open cases of an article with its revision `current`, read once. Use it with the article locked."""

    def __init__(self, current: Revision, batch: Iterable[Suggestion]) -> None:
        self._current = current
        self._cases = list(Case.objects.open().filter(article_id=current.article_id).only(*MATCH_FIELDS).order_by("pk"))
        self._made: list[Case] = []
        self._counted: dict[int, Case] = {}
        self._known = self._senders(batch)

    def match(self, suggestion: Suggestion, placement: Placement, flags: list[str]) -> Case:
        """The open case about the same words, else a new one."""
        case = self._about(suggestion, placement)
        if case is None:
            case = self._open(suggestion, placement, flags)
            self._known.add((id(case), suggestion.address_hash))
            return case
        # A repeat by the same sender does not add a reader.
        if not suggestion.address_hash or not self._is_known(case, suggestion.address_hash):
            case.readers += 1
        case.flags = sorted({*case.flags, *flags})
        case.last_at = max(case.last_at, suggestion.received_at)  # workers do not preserve the order of arrival
        case.rank = self._rank(case)
        if case.pk:
            self._counted[case.pk] = case
        return case

    def _senders(self, batch: Iterable[Suggestion]) -> set[tuple[int, str]]:
        """Pairs of id(case) and sender hash, for senders of the batch who already have a suggestion in the case."""
        hashes = {suggestion.address_hash for suggestion in batch} - {""}
        by_key = {case.pk: case for case in self._cases}
        sent = Suggestion.objects.live().filter(address_hash__in=hashes, case__in=by_key)
        return {(id(by_key[pk]), sender) for pk, sender in sent.values_list("case_id", "address_hash")}

    def _is_known(self, case: Case, sender: str) -> bool:
        known = (id(case), sender) in self._known
        self._known.add((id(case), sender))
        return known

    def save(self) -> None:
        # No history rows: no editor has done anything yet.
        Case.objects.bulk_create(self._made)
        Case.objects.bulk_update(self._counted.values(), COUNTER_FIELDS)

    def _about(self, suggestion: Suggestion, placement: Placement) -> Case | None:
        """The open case whose span overlaps the suggestion's most; on a tie the oldest."""
        if suggestion.about_element:
            sought = (suggestion.about_element, element_digest(suggestion))
            alike = (case for case in self._cases if (case.about_element, case.about_digest) == sought)
            return next(alike, None) if sought[1] else None
        if not suggestion.field:
            return None
        candidates = [case for case in self._cases if case.field == suggestion.field]
        if placement.change is None:
            sent = (suggestion.exact, suggestion.replacement)
            lost = (case for case in candidates if case.start is None and (case.exact, case.replacement) == sent)
            return next(lost, None)
        best: tuple[int, Case] | None = None
        for case in candidates:
            if case.start is None or case.anchored_in_id != self._current.pk:
                continue
            shared = overlap(placement.change, Span(case.change_start or 0, case.change_end or 0))
            if shared is not None and (best is None or shared > best[0]):
                best = (shared, case)
        return best[1] if best else None

    def _open(self, suggestion: Suggestion, placement: Placement, flags: list[str]) -> Case:
        case = new_case(suggestion, placement, flags=flags)
        is_fixed = placement.anchor.status is Status.fixed
        if is_fixed:
            case.state, case.decided_at = Case.State.ALREADY_FIXED, timezone.now()
        case.rank = self._rank(case)
        self._made.append(case)
        if not is_fixed:
            self._cases.append(case)
        return case

    def _rank(self, case: Case) -> datetime:
        return rank_of(
            first_at=case.first_at,
            readers=case.readers,
            category=case.category,
            published_at=self._current.published_at,
        )


def new_case(suggestion: Suggestion, placement: Placement, *, flags: list[str]) -> Case:
    """An open case of one reader, not saved."""
    anchor, change = placement.anchor, placement.change
    return Case(
        article_id=suggestion.article_id,
        category=suggestion.category,
        readers=1,
        first_at=suggestion.received_at,
        last_at=suggestion.received_at,
        field=suggestion.field,
        exact=suggestion.exact,
        replacement=suggestion.replacement,
        about_element=suggestion.about_element,
        about_digest=element_digest(suggestion),
        anchored_in=placement.revision,
        anchor=anchor.status.value,
        start=anchor.start,
        end=anchor.end,
        change_start=change.start if change else None,
        change_end=change.end if change else None,
        flags=flags,
    )
