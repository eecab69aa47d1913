"""Which suggestions are about the same mistake: pure spans, no database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Code points start to end of a text; start == end is a place between two of them."""

    start: int
    end: int


def changed_span(text: str, passage: Span, replacement: str | None) -> Span:
    """The smallest span of `text` that putting `replacement` in the place of `passage` changes.

    Common ends are trimmed, and a pure insertion or deletion slides as far left as it can without changing the result,
    so that the mark of a word and the mark of its sentence give one span. Without a replacement it is the passage.
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
    """How many code points two spans share; 0 when an insertion touches the other, None when they are apart."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared > 0:
        return shared
    is_insertion = one.start == one.end or other.start == other.end
    return 0 if shared == 0 and is_insertion else None


def _common(one: str, other: str) -> int:
    """How many code points two texts share at their beginning."""
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
