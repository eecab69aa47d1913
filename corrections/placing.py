"""Finds where a suggestion's passage stands in the current revision."""

from dataclasses import dataclass

from corrections.anchoring import Anchor, Quote, Relocation, Status, place
from corrections.grouping import Span, changed_span
from corrections.models import Suggestion
from newsroom.models import Revision


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a suggestion stands in one revision, and the smallest span that it would change."""

    revision: Revision
    anchor: Anchor
    change: Span | None


def place_suggestion(suggestion: Suggestion, current: Revision) -> Placement:
    """Find the passage in the revision that the reader saw, then follow it to the current one."""
    if not suggestion.field:
        return Placement(current, Anchor(Status.unplaced, None, None, 0.0), None)
    read = suggestion.read_in.content.canonical(suggestion.field)
    seen = place(read, quote_of(suggestion))
    if seen.start is None or seen.end is None:
        return Placement(current, seen, None)
    if suggestion.read_in_id == current.pk:
        return Placement(current, seen, changed_span(read, Span(seen.start, seen.end), suggestion.replacement))
    now = current.content.canonical(suggestion.field)
    anchor = Relocation(read, now).relocate(seen.start, seen.end, suggestion.replacement)
    return Placement(current, anchor, change_at(now, anchor, suggestion.replacement))


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


def change_at(text: str, anchor: Anchor, replacement: str | None) -> Span | None:
    if anchor.start is None or anchor.end is None:
        return None
    return changed_span(text, Span(anchor.start, anchor.end), replacement)
