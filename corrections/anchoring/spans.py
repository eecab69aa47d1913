"""Spans of text, to group suggestions about the same mistake."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points; an empty one is an insertion point."""

    start: int
    end: int


def changed_span(text: str, passage: Span, replacement: str | None) -> Span:
    """The smallest span of `text` that changes when `replacement` replaces `passage`.

    The common prefix and suffix are trimmed, and a pure insertion or deletion is shifted as far left as possible, so
    that quoting a word or its whole sentence gives the same span. Without a replacement it is the passage.
    """
    if replacement is None:
        return passage
    old = text[passage.start : passage.end]
    head = _common(old, replacement)
    tail = _common(old[head:][::-1], replacement[head:][::-1])
    start, end = passage.start + head, passage.end - tail
    inserted = replacement[head : len(replacement) - tail]
    if start < end and inserted:
        return Span(start, end)
    return _slide_left(text, start, end, inserted)


def overlap(one: Span, other: Span) -> int | None:
    """Number of shared code points; 0 when an insertion point touches the other span, None when they are apart."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared > 0:
        return shared
    is_insertion = one.start == one.end or other.start == other.end
    return 0 if shared == 0 and is_insertion else None


def _common(one: str, other: str) -> int:
    """Length of the common prefix."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _slide_left(text: str, start: int, end: int, inserted: str) -> Span:
    while start > 0:
        last = text[end - 1] if end > start else inserted[-1:]
        if text[start - 1] != last:
            break
        inserted = last + inserted[:-1] if inserted else ""
        start, end = start - 1, end - 1
    return Span(start, end)
