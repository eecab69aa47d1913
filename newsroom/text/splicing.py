"""Puts words in the place of others in a body's HTML, and leaves every byte around them as it is."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from unicodedata import category

from rapidfuzz.distance import Levenshtein

from newsroom.text.forbidden_characters import ControlCharacters, refuse_control_characters
from newsroom.text.html_edits import Cutting
from newsroom.text.html_layout import Flow, Layout, flow_at, stretch_at, surroundings
from newsroom.text.html_reader import read

WORD = re.compile(r"\n+|[^\S\n]*\S+|[^\S\n]+")
# Beyond these one replacement in a piece does: after each of several hunks the blocks around are read again.
MOST_HUNKS = 20
LONGEST_FOR_HUNKS = 20_000
MOST_ELEMENTS_FOR_HUNKS = 1_000


class NotCanonical(ValueError):
    """The text wished for cannot be the canonical text of a body: white space that is not displayed, an empty block."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Code points [start, end) of the canonical text give way to `text`."""

    start: int
    end: int
    text: str

    def applied_to(self, text: str) -> str:
        return text[: self.start] + self.text + text[self.end :]


@dataclass(frozen=True, slots=True)
class Manner:
    """splitting: a "\n\n" in the new words begins a new paragraph, else it is two line breaks.
    pruning_blocks: emptied blocks go, else they stay.
    """

    splitting: bool
    pruning_blocks: bool


# The first that gives the text wished for is taken. An emptied block has to stay where it parts two loose texts.
MANNERS = (Manner(True, True), Manner(False, True), Manner(True, False), Manner(False, False))


def splice(html: str, start: int, end: int, replacement: str) -> str:
    """The body with `replacement`, plain text, in place of the code points [start, end) of its canonical text.

    The canonical text of the result is exactly that; every byte outside the span and the markup around it is kept.
    Words that change keep the element of the first changed character; words that stay keep theirs. A span across
    blocks joins them into the first, unless nothing of it is left; a "\\n\\n" in the replacement begins a new
    paragraph or list item, a "\\n" a new line. Elements that lose all their text go, but table cells.
    Raises NotCanonical, also where runs of spaces of a <pre> would have to join a block that collapses them.
    """
    layout, hunk = read(html), Hunk(start, end, replacement)
    _refuse_impossible(layout, hunk)
    around = surroundings(layout, start, end)
    if around is None:
        return _spliced(layout, hunk)
    piece = read(html[around.low : around.high])
    moved = Hunk(start - around.offset, end - around.offset, replacement)
    return html[: around.low] + _spliced(piece, moved) + html[around.high :]


def _spliced(layout: Layout, whole: Hunk) -> str:
    """Raises NotCanonical."""
    wanted = whole.applied_to(layout.text)
    for hunks in _ways(layout, whole):
        for manner in MANNERS:
            with suppress(NotCanonical):
                return _apply(layout, hunks, wanted, manner)
    shown = wanted[max(0, whole.start - 20) : whole.start + len(whole.text) + 20]
    raise NotCanonical(f"{shown!r} cannot stand in a body")


def deletion_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened so that deleting it leaves canonical text.

    A word takes one of the spaces beside it along, a line or a block the break before it, the first one that after it.
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


def _refuse_impossible(layout: Layout, hunk: Hunk) -> None:
    if not 0 <= hunk.start <= hunk.end <= len(layout.text):
        raise NotCanonical("the span lies outside the text")
    try:
        refuse_control_characters(hunk.text)
    except ControlCharacters as error:
        raise NotCanonical(str(error)) from error


def _ways(layout: Layout, whole: Hunk) -> Iterator[list[Hunk]]:
    """Word by word first, so that a link between two changed words stays; then all at once."""
    old = layout.text[whole.start : whole.end]
    if max(len(old), len(whole.text)) <= LONGEST_FOR_HUNKS and len(layout.elements) <= MOST_ELEMENTS_FOR_HUNKS:
        hunks = list(_hunks(old, whole))
        if 1 < len(hunks) <= MOST_HUNKS:
            yield hunks
    yield [whole]


def _hunks(old: str, whole: Hunk) -> Iterator[Hunk]:
    """What changes, word by word, the last first."""
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


def _apply(layout: Layout, hunks: list[Hunk], wanted: str, manner: Manner) -> str:
    for hunk in hunks:
        expected = hunk.applied_to(layout.text)
        layout = read(_replace(layout, _narrow(layout, hunk), manner))
        if layout.text != expected:
            raise NotCanonical
    if layout.text != wanted:
        raise NotCanonical
    return layout.html


def _narrow(layout: Layout, hunk: Hunk) -> Hunk:
    """The same change without the characters that both sides begin or end with."""
    hunk = _widen(layout, hunk)
    old, new = layout.text[hunk.start : hunk.end], hunk.text
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    return _widen(layout, Hunk(hunk.start + head, hunk.end - tail, new[head : len(new) - tail]))


def _widen(layout: Layout, hunk: Hunk) -> Hunk:
    """The same change, its ends neither between the two line feeds of a block's end nor within an entity."""
    start, end = _floor(layout, hunk.start), hunk.end
    while _floor(layout, end) != end:
        end += 1
    return Hunk(start, end, layout.text[start : hunk.start] + hunk.text + layout.text[hunk.end : end])


def _floor(layout: Layout, offset: int) -> int:
    if not layout.flows:
        return offset
    flow = flow_at(layout, offset)
    if offset >= flow.until:
        return flow.until if offset == flow.until + 1 else offset
    stretch = stretch_at(layout, offset)
    return stretch.at if stretch.is_unit else offset


def _replace(layout: Layout, hunk: Hunk, manner: Manner) -> str:
    if hunk.start == hunk.end and not hunk.text:
        return layout.html
    cutting = Cutting(layout)
    if not layout.flows:
        return layout.html + "<p>" + cutting.markup(hunk.text, at=len(layout.html), pre=False) + "</p>"
    left, right = flow_at(layout, hunk.start), flow_at(layout, hunk.end)
    cutting.cut_text(hunk.start, hunk.end)
    cutting.cut_dropped_space(left, right, hunk.start, hunk.end)
    if hunk.text:
        position = _position(layout, left, hunk)
        cutting.insert(position, cutting.markup(hunk.text, at=position, pre=left.pre, splitting=manner.splitting))
    if left is not right and hunk.end < right.until and (hunk.start > left.at or hunk.text):
        cutting.move_rest(right, hunk.end, to=left)
    cutting.prune(blocks=manner.pruning_blocks)
    if (hunk.text + layout.text[hunk.end :]).startswith("\n"):
        cutting.keep_first_line_feed(hunk.start, hunk.end)
    return cutting.render()


def _position(layout: Layout, left: Flow, hunk: Hunk) -> int:
    """Where in the source the new words go."""
    if hunk.start < min(hunk.end, left.until):
        return stretch_at(layout, hunk.start).source(hunk.start)
    text = layout.text
    first, last = left.start, left.end
    if hunk.start > left.at:
        before = stretch_at(layout, hunk.start - 1)
        first = before.end if hunk.start == before.until else before.source(hunk.start)
        if _glued(text[hunk.start - 1], hunk.text[0]):
            return first
    if hunk.start < left.until:
        last = stretch_at(layout, hunk.start).source(hunk.start)
        if _glued(hunk.text[-1], text[hunk.start]):
            return last
    return _outermost(layout, first, last)


def _glued(one: str, other: str) -> bool:
    """Both are of one word: letters, marks and digits."""
    return category(one)[0] in "LMN" and category(other)[0] in "LMN"


def _outermost(layout: Layout, first: int, last: int) -> int:
    """The place in html[first:last], which is tags and white space, that lies within the fewest elements."""
    best, least, depth = first, 0, 0
    edges = [(e.inner, 1) for e in layout.elements if first <= e.start and e.inner <= last and not e.is_void]
    edges += [(e.end, -1) for e in layout.elements if first <= e.stop and e.end <= last and not e.is_void]
    for place, step in sorted(edges):
        depth += step
        if depth < least:
            best, least = place, depth
    return best
