"""Where a passage begins and ends in the new text, given what both texts have in common around it."""

import re
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from corrections.anchoring.scoring import NEAR, NEIGHBOURS_KEPT, SENTENCE_END, kept, likeness, opens_sentence
from corrections.anchoring.sequences import best_pairs
from corrections.anchoring.tokens import Tokens, tokenise
from corrections.anchoring.word_matching import Block

# Words put in at the very edge of a passage belong to it as long as they are no more than this, and no sentence of
# their own: "the bridge" became "the old bridge" for a reader who marked "bridge".
EDGE_INSERTION = 40
# Words of a replaced stretch are lined up one by one, at most so many of each side; characters of a word likewise.
MAX_LINED_UP = 40
MAX_WORD = 200
MAX_REACH = 400
# Two words this much alike (rapidfuzz's ratio) are one word spelt or inflected differently. Others pair by place only.
ALIKE_WORDS = 0.5
BY_PLACE = 0.2

FULL_STOP = re.compile(r"[.!?…؟][\"'»”’)\]*]*\s|[。！？]|\n")
_BREAK = re.compile(r"\n\s*\n")
_BREAK_BEFORE = re.compile(r"\n\s*\n\s*$")
_BREAK_AFTER = re.compile(r"\s*\n\s*\n")


class LinedUp(NamedTuple):
    """Replaced words on both sides, the pairs among them by index, and whether these are all words in between."""

    old: Tokens
    new: Tokens
    pairs: dict[int, int]
    whole: bool


Memo = dict[tuple[int, int, bool], LinedUp]


class Bounds:
    """One passage among the common stretches around it.

    `blocks` reach past the passage on both sides: the first ends at or before its start, the last begins at or after
    its end (empty blocks stand for the borders of the texts). `memo` keeps what was lined up for other passages among
    the same common stretches.
    """

    def __init__(self, old: str, new: str, blocks: list[Block], start: int, end: int, memo: Memo) -> None:
        self._memo = memo
        self._blocks = blocks
        self._old = old
        self._new = new
        self._start = start
        self._end = end
        self._before = [b for b in blocks if b.old_end <= start][-1]
        self._inside = [b for b in blocks if b.old_start < end and b.old_end > start]
        self._after = next(b for b in blocks if b.old_start >= end)

    def find(self) -> tuple[int, int]:
        """What now stands between the neighbours; without the white space at its ends, unless the passage had some."""
        start, end = self._new_start(), self._new_end()
        if start is None or end is None:
            if not self._inside:
                return self._before.new_end, self._before.new_end
            start = self._inside[0].new_start if start is None else start
            end = self._inside[-1].new_end if end is None else end
        start, end = self._within_paragraphs(start, max(start, end))
        new, old = self._new, self._old
        if not old[self._start].isspace():
            start = end - len(new[start:end].lstrip())
        if not old[self._end - 1].isspace():
            end = start + len(new[start:end].rstrip())
        return start, end

    def room(self) -> tuple[int, int]:
        """All that stands between the nearest common stretches outside the passage."""
        return self._before.new_end, max(self._before.new_end, self._after.new_start)

    def _new_start(self) -> int | None:
        first = self._inside[0] if self._inside else self._after
        if self._inside and first.old_start < self._start:
            return min(first.new_start + self._start - first.old_start, first.new_end)
        if self._old[self._before.old_end : self._start].strip():
            if not self._old[self._start : first.old_start].strip():
                return first.new_start
            return self._start_among_replaced(first)
        if self._inside and first.old_start == self._start:
            return self._edge_start(self._before.new_end, first.new_start)
        return self._before.new_end

    def _new_end(self) -> int | None:
        last = self._inside[-1] if self._inside else self._before
        if self._inside and last.old_end > self._end:
            return max(last.new_end - (last.old_end - self._end), last.new_start)
        if self._old[self._end : self._after.old_start].strip():
            if not self._old[last.old_end : self._end].strip():
                return last.new_end
            return self._end_among_replaced(last)
        if self._inside and last.old_end == self._end:
            return self._edge_end(last.new_end, self._after.new_start)
        return self._after.new_start

    def _edge_start(self, low: int, high: int) -> int:
        """Where the passage begins when new[low:high] was put in right before its first word."""
        low = max([low, *(m.end() for m in _BREAK.finditer(self._new, low, high))])
        beside = self._beside(self._before, self._start - NEAR, self._start)
        put_in = self._new[low:high].lstrip()
        # Before a passage that began its sentence, a clause with a colon is the new beginning of that sentence.
        ended = FULL_STOP if opens_sentence(self._old, self._start) else SENTENCE_END
        return low if beside and _belongs(put_in, ended) else high

    def _edge_end(self, low: int, high: int) -> int:
        """Where the passage ends when new[low:high] was put in right after its last word."""
        high = min([high, *(m.start() for m in _BREAK.finditer(self._new, low, high))])
        beside = self._beside(self._after, self._end, self._end + NEAR)
        return high if beside and _belongs(self._new[low:high].rstrip() + " ", SENTENCE_END) else low

    def _beside(self, neighbour: Block, low: int, high: int) -> bool:
        """Whether a neighbour is no chance find; an empty block is the known border of a paragraph or text."""
        if neighbour.old_start == neighbour.old_end:
            return True
        return kept(self._old, self._blocks, max(0, low), min(high, len(self._old))) >= NEIGHBOURS_KEPT

    def _start_among_replaced(self, after: Block) -> int | None:
        """The start, among words that were all replaced; None when too far from any that were kept."""
        a, b, pairs, whole = self._replaced(self._before, after, self._start)
        first = next((i for i, end in enumerate(a.ends) if end > self._start), None)
        if first is None:
            return None
        if first not in pairs:
            earlier = max((i for i in pairs if i < first), default=-1)
            if earlier < 0 or "\n" in a.keys[earlier:first]:
                return _opening(pairs, b, first) or (self._before.new_end if whole and earlier < 0 else None)
            return b.ends[pairs[earlier]]
        place = b.starts[pairs[first]]
        if self._start <= a.starts[first]:
            return self._edge_start(b.ends[pairs[first - 1]], place) if first - 1 in pairs else place
        return place + inside_word(a.keys[first], b.keys[pairs[first]], self._start - a.starts[first])

    def _end_among_replaced(self, before: Block) -> int | None:
        """The end, among words that were all replaced; None when too far from any that were kept."""
        a, b, pairs, whole = self._replaced(before, self._after, self._end)
        last = next((i for i in range(len(a.starts) - 1, -1, -1) if a.starts[i] < self._end), None)
        if last is None:
            return None
        if last not in pairs:
            later = [j for i, j in pairs.items() if i > last]
            return b.starts[min(later)] if later else self._after.new_start if whole else None
        place = b.ends[pairs[last]]
        if self._end >= a.ends[last]:
            return self._edge_end(place, b.starts[pairs[last + 1]]) if last + 1 in pairs else place
        return b.starts[pairs[last]] + inside_word(a.keys[last], b.keys[pairs[last]], self._end - a.starts[last])

    def _replaced(self, before: Block, after: Block, offset: int) -> LinedUp:
        """Words replaced between two common stretches: all of them, or as many as can be lined up of those next to
        the stretch that is nearer to the offset.
        """
        at_head = offset - before.old_end <= after.old_start - offset
        key = (before.old_end, after.old_start, at_head)
        if key not in self._memo:
            a, all_old = _some_words(self._old, before.old_end, after.old_start, at_head)
            b, all_new = _some_words(self._new, before.new_end, after.new_start, at_head)
            self._memo[key] = LinedUp(a, b, line_up(a, b), all_old and all_new)
        return self._memo[key]

    def _within_paragraphs(self, start: int, end: int) -> tuple[int, int]:
        """Keeps paragraphs put in beside the passage out of it."""
        if not _BREAK.search(self._new, start, end):
            return start, end
        if not self._inside:
            return (start, end) if _BREAK.search(self._old, self._start, self._end) else self._one_paragraph(start, end)
        first, last = self._inside[0], self._inside[-1]
        if first.new_start > start and not _BREAK.search(self._old, self._start, first.old_start):
            start = max([start, *(m.end() for m in _BREAK.finditer(self._new, start, first.new_start))])
        if last.new_end < end and not _BREAK.search(self._old, last.old_end, self._end):
            end = min([end, *(m.start() for m in _BREAK.finditer(self._new, last.new_end, end))])
        return start, end

    def _one_paragraph(self, start: int, end: int) -> tuple[int, int]:
        """Which of several new paragraphs between the neighbours stands for the passage."""
        breaks = list(_BREAK.finditer(self._new, start, end))
        opens = _BREAK_BEFORE.search(self._old[max(0, self._start - 40) : self._start]) or not self._start
        closes = _BREAK_AFTER.match(self._old[self._end : self._end + 40]) or self._end == len(self._old)
        if closes and not opens:
            return start, breaks[0].start()
        if opens and not closes:
            return breaks[-1].end(), end
        starts, ends = [start, *(m.end() for m in breaks)], [*(m.start() for m in breaks), end]
        was = self._old[self._start : self._end]
        return max(zip(starts, ends, strict=True), key=lambda piece: likeness(was, self._new[piece[0] : piece[1]]))


def _opening(pairs: dict[int, int], b: Tokens, first: int) -> int | None:
    """Where the paragraph begins that holds the next word lined up with one from index `first` on."""
    at = min((j for i, j in pairs.items() if i > first), default=None)
    if at is None:
        return None
    while at and b.keys[at - 1] != "\n" and at - 1 not in pairs.values():
        at -= 1
    return b.starts[at]


def _belongs(inserted: str, ended: re.Pattern[str]) -> bool:
    """Whether words put in at the edge of a passage are part of it: a few, that end no sentence of their own."""
    return len(inserted) <= EDGE_INSERTION and not ended.search(inserted)


def _some_words(text: str, start: int, end: int, at_head: bool) -> tuple[Tokens, bool]:
    """The first or last words of a stretch, and whether these are all."""
    low = start if at_head else max(start, end - MAX_REACH)
    high = min(end, start + MAX_REACH) if at_head else end
    words = tokenise(text, low, high)
    spare = max(0, len(words.keys) - MAX_LINED_UP)
    whole = not spare and (low, high) == (start, end)
    return words.cut(0, MAX_LINED_UP) if at_head else words.cut(spare, len(words.keys)), whole


def inside_word(old: str, new: str, offset: int) -> int:
    """An offset inside a word that was replaced by another."""
    if max(len(old), len(new)) > MAX_WORD:
        return len(new) * offset // len(old)
    for op in Levenshtein.opcodes(old, new):
        if op.src_start <= offset < op.src_end:
            return min(op.dest_end, op.dest_start + offset - op.src_start)
    return len(new)


def line_up(a: Tokens, b: Tokens) -> dict[int, int]:
    """Pairs words of two short lists in order, as many letters of like words as can be; leftovers pair by place."""
    return dict(best_pairs([[_weight(x, y) for y in b.keys] for x in a.keys]))


def _weight(x: str, y: str) -> float:
    if x == y:
        return float(len(x))
    if x[0].isalnum() != y[0].isalnum() or (x[0] == "\n") != (y[0] == "\n"):
        return 0.0
    size, shorter = len(x) + len(y), min(len(x), len(y))
    if size > MAX_WORD or 2 * shorter < ALIKE_WORDS * size:
        return BY_PLACE
    alike = fuzz.ratio(x, y) / 100
    return alike * size / 2 if alike >= ALIKE_WORDS else BY_PLACE
