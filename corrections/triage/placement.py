"""Place suggestions and cases in one revision: their anchor, and the span that they would change."""

from dataclasses import dataclass, replace

from corrections.anchoring.relocation import Anchor, Quote, Relocation, Status, place
from corrections.anchoring.spans import Span, changed_span
from corrections.models import Suggestion
from newsroom.models import Revision

NO_ANCHOR = Anchor(Status.unplaced, None, None, 0.0)
WITHHELD_ANCHOR = Anchor(Status.removed, None, None, 0.0)


@dataclass(frozen=True, slots=True)
class Placement:
    """A suggestion's anchor in one revision, and the smallest span that it would change."""

    revision: Revision
    anchor: Anchor
    change: Span | None


class Placer:
    """Places passages in the revision `current`; each older revision is compared with it once, for all passages."""

    def __init__(self, current: Revision) -> None:
        self.current = current
        self._relocations: dict[tuple[int, str], Relocation] = {}

    def place(self, suggestion: Suggestion) -> Placement:
        """Find the passage in the revision that the reader saw, then follow it to the current one.

        Where that one was withheld, the quote is looked up in the current one. `suggestion` has
        `read_in__stored_text` prefetched.
        """
        if not suggestion.field:
            return Placement(self.current, NO_ANCHOR, None)
        if not suggestion.exact:  # withheld with the only text that had it
            return Placement(self.current, WITHHELD_ANCHOR, None)
        is_withheld = suggestion.read_in.content is None
        read = self.current if is_withheld else suggestion.read_in
        seen = place(_text(read, suggestion.field), quote_of(suggestion))
        if is_withheld and seen.status is Status.unplaced:
            seen = replace(seen, status=Status.removed)
        if seen.start is None or seen.end is None:
            return Placement(self.current, seen, None)
        anchor = seen
        if read.pk != self.current.pk:
            anchor = self.follow(read, suggestion.field, Span(seen.start, seen.end), suggestion.replacement)
        return Placement(self.current, anchor, self.change(suggestion.field, anchor, suggestion.replacement))

    def follow(self, old: Revision, field: str, passage: Span, replacement: str | None) -> Anchor:
        """The anchor of a passage of an older revision. `old` has its content prefetched."""
        key = (old.pk, field)
        if key not in self._relocations:
            self._relocations[key] = Relocation(_text(old, field), self._text(field))
        return self._relocations[key].relocate(passage.start, passage.end, replacement)

    def change(self, field: str, anchor: Anchor, replacement: str | None) -> Span | None:
        """The smallest span that a replacement would change; None for an unplaced passage."""
        if anchor.start is None or anchor.end is None:
            return None
        return changed_span(self._text(field), Span(anchor.start, anchor.end), replacement)

    def words(self, field: str, anchor: Anchor) -> str:
        """The current text of an anchored passage; empty if it is unplaced."""
        return self._text(field)[anchor.start : anchor.end] if anchor.start is not None else ""

    def _text(self, field: str) -> str:
        return _text(self.current, field)


def _text(revision: Revision, field: str) -> str:
    """The canonical text of a field, in which nothing is found where it was withheld."""
    content = revision.content
    return content.canonical(field) if content else ""


def quote_of(suggestion: Suggestion) -> Quote:
    return Quote(
        field=suggestion.field,
        exact=suggestion.exact,
        prefix=suggestion.prefix,
        suffix=suggestion.suffix,
        start=suggestion.start,
        end=suggestion.end,
        revision=suggestion.read_in.number,
    )
