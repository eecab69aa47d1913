"""Splice text into a body's HTML by canonical offsets; every byte outside the span stays."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from unicodedata import category

from rapidfuzz.distance import Levenshtein

from newsroom.text.forbidden_characters import ControlCharacters, refuse_control_characters
from newsroom.text.html_edits import HtmlEdits
from newsroom.text.html_layout import Flow, Layout, block_window, flow_at, run_at
from newsroom.text.html_reader import read

WORD = re.compile(r"\n+|[^\S\n]*\S+|[^\S\n]+")
# Beyond these limits the span is replaced in one piece: each hunk costs another parse of the window.
MAX_HUNKS = 20
MAX_LENGTH_FOR_HUNKS = 20_000
MAX_ELEMENTS_FOR_HUNKS = 1_000


class NotCanonical(ValueError):
    """The wanted text cannot be canonical: white space that would collapse, or an empty block."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Replace code points [start, end) of the canonical text with `text`."""

    start: int
    end: int
    text: str

    def applied_to(self, text: str) -> str:
        return text[: self.start] + self.text + text[self.end :]


@dataclass(frozen=True, slots=True)
class SpliceMode:
    """splitting: "\\n\\n" in the new text starts a new paragraph, else it becomes two line breaks.
    pruning_blocks: emptied blocks are removed, else they stay.
    """

    splitting: bool
    pruning_blocks: bool


# The first mode that yields the wanted text wins. An emptied block must stay if it separates two loose texts.
MODES = (SpliceMode(True, True), SpliceMode(False, True), SpliceMode(True, False), SpliceMode(False, False))


def splice(html: str, start: int, end: int, replacement: str) -> str:
    """Replace code points [start, end) of the body's canonical text with `replacement`, plain text.

    The result's canonical text is exactly that; every byte outside the span and its markup is kept. Changed words take
    the element of the first changed character; unchanged words keep theirs. A span across blocks joins them into the
    first, if any of that is left; "\\n\\n" in the replacement starts a new paragraph or list item, "\\n" a new line.
    Emptied elements go, except table cells.
    Raises NotCanonical, also if runs of spaces from a <pre> would have to join a block that collapses them.
    """
    layout, hunk = read(html), Hunk(start, end, replacement)
    _refuse_invalid(layout, hunk)
    around = block_window(layout, start, end)
    if around is None:
        return _splice_piece(layout, hunk)
    piece = read(html[around.low : around.high])
    moved = Hunk(start - around.offset, end - around.offset, replacement)
    return html[: around.low] + _splice_piece(piece, moved) + html[around.high :]


def _splice_piece(layout: Layout, whole: Hunk) -> str:
    """Raises NotCanonical."""
    wanted = whole.applied_to(layout.text)
    for hunks in _hunk_candidates(layout, whole):
        for mode in MODES:
            with suppress(NotCanonical):
                return _apply(layout, hunks, wanted, mode)
    shown = wanted[max(0, whole.start - 20) : whole.start + len(whole.text) + 20]
    raise NotCanonical(f"{shown!r} cannot stand in a body")


def deletion_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the span so that deleting it leaves canonical text.

    A word takes one adjacent space with it, a line or block the break before it (the first: the one after).
    """
    before, after = text[:start], text[end:]
    if (not before or before.endswith("\n")) and (not after or after.startswith("\n")):
        breaks = "\n\n" if before.endswith("\n\n") or (not before and after.startswith("\n\n")) else "\n"
        if before:
            return start - len(breaks), end
        return start, end + (len(breaks) if after else 0)
    if after.startswith(" ") and (not before or before[-1] in " \n"):
        return start, end + 1
    if before.endswith(" ") and (not after or after[0] == "\n" or category(after[0]) in ("Po", "Pe", "Pf")):
        return start - 1, end
    return start, end


def _refuse_invalid(layout: Layout, hunk: Hunk) -> None:
    if not 0 <= hunk.start <= hunk.end <= len(layout.text):
        raise NotCanonical("the span lies outside the text")
    try:
        refuse_control_characters(hunk.text)
    except ControlCharacters as error:
        raise NotCanonical(str(error)) from error


def _hunk_candidates(layout: Layout, whole: Hunk) -> Iterator[list[Hunk]]:
    """Word by word first, so that a link between two changed words survives; then all at once."""
    old = layout.text[whole.start : whole.end]
    if max(len(old), len(whole.text)) <= MAX_LENGTH_FOR_HUNKS and len(layout.elements) <= MAX_ELEMENTS_FOR_HUNKS:
        hunks = list(_hunks(old, whole))
        if 1 < len(hunks) <= MAX_HUNKS:
            yield hunks
    yield [whole]


def _hunks(old: str, whole: Hunk) -> Iterator[Hunk]:
    """Word-level changes, last first, so that earlier offsets stay valid."""
    before, after = WORD.findall(old), WORD.findall(whole.text)
    hunks: list[Hunk] = []
    start = whole.start
    for block in Levenshtein.opcodes(before, after):
        end = start + sum(map(len, before[block.src_start : block.src_end]))
        if block.tag != "equal":
            if hunks and hunks[-1].end == start:
                start, text = hunks[-1].start, hunks.pop().text
            else:
                text = ""
            hunks.append(Hunk(start, end, text + "".join(after[block.dest_start : block.dest_end])))
        start = end
    return reversed(hunks)


def _apply(layout: Layout, hunks: list[Hunk], wanted: str, mode: SpliceMode) -> str:
    for hunk in hunks:
        expected = hunk.applied_to(layout.text)
        layout = read(_replace(layout, _trim_common_ends(layout, hunk), mode))
        if layout.text != expected:
            raise NotCanonical
    if layout.text != wanted:
        raise NotCanonical
    return layout.html


def _trim_common_ends(layout: Layout, hunk: Hunk) -> Hunk:
    """The same change without the common prefix and suffix."""
    hunk = _align_to_units(layout, hunk)
    old, new = layout.text[hunk.start : hunk.end], hunk.text
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    return _align_to_units(layout, Hunk(hunk.start + head, hunk.end - tail, new[head : len(new) - tail]))


def _align_to_units(layout: Layout, hunk: Hunk) -> Hunk:
    """The same change, ending neither between the two line feeds of a block break nor inside an entity."""
    start, end = _unit_start(layout, hunk.start), hunk.end
    while _unit_start(layout, end) != end:
        end += 1
    return Hunk(start, end, layout.text[start : hunk.start] + hunk.text + layout.text[hunk.end : end])


def _unit_start(layout: Layout, offset: int) -> int:
    if not layout.flows:
        return offset
    flow = flow_at(layout, offset)
    if offset >= flow.until:
        return flow.until if offset == flow.until + 1 else offset
    run = run_at(layout, offset)
    return run.at if run.is_unit else offset


def _replace(layout: Layout, hunk: Hunk, mode: SpliceMode) -> str:
    if hunk.start == hunk.end and not hunk.text:
        return layout.html
    edits = HtmlEdits(layout)
    if not layout.flows:
        return layout.html + "<p>" + edits.markup(hunk.text, at=len(layout.html), pre=False) + "</p>"
    left, right = flow_at(layout, hunk.start), flow_at(layout, hunk.end)
    edits.cut_text(hunk.start, hunk.end)
    edits.cut_dropped_space(left, right, hunk.start, hunk.end)
    if hunk.text:
        position = _insertion_point(layout, left, hunk)
        edits.insert(position, edits.markup(hunk.text, at=position, pre=left.pre, splitting=mode.splitting))
    if left is not right and hunk.end < right.until and (hunk.start > left.at or hunk.text):
        edits.move_rest(right, hunk.end, to=left)
    edits.prune(blocks=mode.pruning_blocks)
    if (hunk.text + layout.text[hunk.end :]).startswith("\n"):
        edits.keep_first_line_feed(hunk.start, hunk.end)
    return edits.render()


def _insertion_point(layout: Layout, left: Flow, hunk: Hunk) -> int:
    """Source offset at which the new text is inserted."""
    if hunk.start < min(hunk.end, left.until):
        return run_at(layout, hunk.start).source(hunk.start)
    text = layout.text
    first, last = left.start, left.end
    if hunk.start > left.at:
        before = run_at(layout, hunk.start - 1)
        first = before.end if hunk.start == before.until else before.source(hunk.start)
        if _in_same_word(text[hunk.start - 1], hunk.text[0]):
            return first
    if hunk.start < left.until:
        last = run_at(layout, hunk.start).source(hunk.start)
        if _in_same_word(hunk.text[-1], text[hunk.start]):
            return last
    return _outermost(layout, first, last)


def _in_same_word(one: str, other: str) -> bool:
    """Both characters are letters, marks or digits."""
    return category(one)[0] in "LMN" and category(other)[0] in "LMN"


def _outermost(layout: Layout, first: int, last: int) -> int:
    """The least nested position in html[first:last], which holds only tags and white space."""
    best, least, depth = first, 0, 0
    edges = [(e.inner, 1) for e in layout.elements if first <= e.start and e.inner <= last and not e.is_void]
    edges += [(e.end, -1) for e in layout.elements if first <= e.stop and e.end <= last and not e.is_void]
    for place, step in sorted(edges):
        depth += step
        if depth < least:
            best, least = place, depth
    return best
