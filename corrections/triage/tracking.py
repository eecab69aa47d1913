"""Follows passages from the revisions in which they are known into one other revision."""

from dataclasses import dataclass

from corrections.anchoring.relocation import Relocation
from corrections.anchoring.spans import Span
from corrections.models import Case
from newsroom.models import Revision, RevisionText


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a passage is known to stand: a revision's key, and a span in a field of it."""

    revision: int
    span: Span


def origin_of(case: Case, revision: Revision) -> Origin | None:
    """The nearest place to begin from: the published words for what came after them, else where the case last stood."""
    published = case.published_in
    if published and published.number <= revision.number and case.spot_start is not None and case.spot_end is not None:
        return Origin(published.pk, Span(case.spot_start, case.spot_end))
    if case.start is None or case.end is None:
        return None
    return Origin(case.anchored_in_id, Span(case.start, case.end))


class Follower:
    """Follows spans of several revisions into one; each pair of texts is compared once."""

    def __init__(self, revision: Revision, origins: set[int]) -> None:
        self._target = revision.pk
        # Bodies are not needed beside their text. Words that had to be withheld are missing here.
        self._words = RevisionText.objects.defer("body").in_bulk(origins | {revision.pk})
        self._relocations: dict[tuple[int, str], Relocation] = {}

    def text(self, revision: int, field: str) -> str | None:
        """The words of a field, None where they are not public."""
        words = self._words.get(revision)
        return words.canonical(field) if words else None

    def span(self, field: str, origin: Origin) -> Span | None:
        """None where the passage does not stand in the revision, or where its words are not public."""
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
