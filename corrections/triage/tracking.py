"""Track passages from the revisions in which their span is known into another revision."""

from dataclasses import dataclass

from corrections.anchoring.relocation import Relocation
from corrections.anchoring.spans import Span
from corrections.models import Case
from newsroom.models import Revision, RevisionText


@dataclass(frozen=True, slots=True)
class Origin:
    """A known span of a passage: a revision's primary key, and the span in one of its fields."""

    revision: int
    span: Span


def origin_of(case: Case, revision: Revision) -> Origin | None:
    """The best known span to track from: the published one for later revisions, else the case's last anchor."""
    published = case.published_in
    if published and published.number <= revision.number and case.spot_start is not None and case.spot_end is not None:
        return Origin(published.pk, Span(case.spot_start, case.spot_end))
    if case.start is None or case.end is None:
        return None
    return Origin(case.anchored_in_id, Span(case.start, case.end))


class PassageTracker:
    """Tracks spans of several revisions into one; each pair of texts is compared once."""

    def __init__(self, revision: Revision, origins: set[int]) -> None:
        self._target = revision.pk
        # The HTML body is not needed. A withheld revision has no RevisionText.
        self._words = RevisionText.objects.defer("body").in_bulk(origins | {revision.pk})
        self._relocations: dict[tuple[int, str], Relocation] = {}

    def text(self, revision: int, field: str) -> str | None:
        """Canonical text of a field; None where it was withheld."""
        words = self._words.get(revision)
        return words.canonical(field) if words else None

    def span(self, field: str, origin: Origin) -> Span | None:
        """The passage's span; None where it is not in the revision, or a text was withheld."""
        old, new = self._words.get(origin.revision), self._words.get(self._target)
        if old is None or new is None:
            return None
        if origin.revision == self._target:
            return origin.span
        key = (origin.revision, field)
        if key not in self._relocations:
            self._relocations[key] = Relocation(old.canonical(field), new.canonical(field))
        anchor = self._relocations[key].relocate(origin.span.start, origin.span.end)
        return Span(anchor.start, anchor.end) if anchor.start is not None and anchor.end is not None else None
