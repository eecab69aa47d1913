"""Where a change touches the old text: spans of its canonical text, by field."""

from collections.abc import Iterator
from itertools import groupby

from newsroom.diffs.words import Piece, word_diff
from newsroom.text.canonical import Wording
from newsroom.text.html_layout import Layout, TextRun
from newsroom.text.html_reader import read

Spans = list[tuple[int, int]]
LINES = ("headline", "standfirst", "byline")
# Markup that may change what words say; see newsroom.diffs.significance.
MEANINGFUL = ("a", "blockquote")


def changed_spans(old: Wording, new: Wording) -> dict[str, Spans]:
    """Code points [start, end) of the old fields that differ, by field; an insertion has an empty span."""
    found = {name: _reworded(word_diff(getattr(old, name), getattr(new, name))) for name in LINES}
    before, after = read(old.body), read(new.body)
    pieces = word_diff(before.text, after.text)
    found["body"] = _reworded(pieces) + _remarked(before, after, pieces)
    return {name: spans for name, spans in found.items() if spans}


def touches(change: tuple[int, int], passage: tuple[int, int]) -> bool:
    """Whether a change overlaps a passage; an insertion also where it adjoins one, for it may continue its words."""
    (start, end), (first, last) = change, passage
    return start <= last and first <= end if start == end or first == last else start < last and first < end


def _reworded(pieces: list[Piece]) -> Spans:
    spans, at = Spans(), 0
    for is_equal, group in groupby(pieces, key=lambda piece: piece.op == "equal"):
        length = sum(len(piece.text) for piece in group if piece.op != "insert")
        spans += [] if is_equal else [(at, at + length)]
        at += length
    return spans


def _remarked(before: Layout, after: Layout, pieces: list[Piece]) -> Spans:
    """Words that stay, but whose link or quotation is another."""
    if not any(element.name in MEANINGFUL for element in (*before.elements, *after.elements)):
        return []
    old_marks, new_marks = _marks(before), _marks(after)
    spans, at, at_new = Spans(), 0, 0
    for piece in pieces:
        length = len(piece.text)
        if piece.op == "equal":
            pairs = zip(old_marks[at : at + length], new_marks[at_new : at_new + length], strict=True)
            spans += ((at + start, at + end) for start, end in _runs([old != new for old, new in pairs]))
        at += length if piece.op != "insert" else 0
        at_new += length if piece.op != "delete" else 0
    return spans


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Spans of True."""
    at = 0
    for flag, group in groupby(flags):
        length = sum(1 for _ in group)
        if flag:
            yield at, at + length
        at += length


def _marks(layout: Layout) -> list[str]:
    """The meaningful start tags around each character."""
    marks = [""] * len(layout.text)
    for run in layout.runs:
        marks[run.at : run.until] = [_tags(layout, run)] * len(run.text)
    return marks


def _tags(layout: Layout, run: TextRun) -> str:
    around = run.parent.chain() if run.parent else ()
    return "".join(layout.html[each.start : each.inner] for each in around if each.name in MEANINGFUL)
