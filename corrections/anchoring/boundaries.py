"""Start and end of a passage in the new text, from the matching blocks around it."""

import re
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from corrections.anchoring.scoring import NEAR, NEIGHBOURS_KEPT, SENTENCE_END, kept_share, opens_sentence, similarity
from corrections.anchoring.sequences import best_pairs
from corrections.anchoring.tokens import Tokens, tokenise
from corrections.anchoring.word_matching import MatchingBlock

# Words inserted at the edge of a passage belong to it, up to this length and within one sentence: for the quote
# "bridge", "the bridge" may become "the old bridge".
EDGE_INSERTION = 40
# Bounds for pairing replaced words one by one, and the characters of one word.
MAX_PAIRED = 40
MAX_WORD = 200
MAX_REACH = 400
# Words at least this similar (rapidfuzz's ratio) are one word spelt or inflected differently; others pair by position.
SAME_WORD = 0.5
BY_PLACE = 0.2

FULL_STOP = re.compile(r"[.!?…؟][\"'»”’)\]*]*\s|[。！？]|\n")
_BREAK = re.compile(r"\n\s*\n")
_BREAK_BEFORE = re.compile(r"\n\s*\n\s*$")
_BREAK_AFTER = re.compile(r"\s*\n\s*\n")


class PairedWords(NamedTuple):
    """Replaced words on both sides, the pairs of indexes, and whether these are all words in between (`whole`)."""

    old: Tokens
    new: Tokens
    pairs: dict[int, int]
    whole: bool


PairCache = dict[tuple[int, int, bool], PairedWords]


class BoundaryFinder:
    """Finds the boundaries of one passage from its surrounding matching blocks.

    The first of `blocks` ends at or before the start of the passage, the last begins at or after its end; empty blocks
    mark the ends of the texts. `pair_cache` shares pairings among passages between the same blocks.
    """

    def __init__(
        self, old: str, new: str, blocks: list[MatchingBlock], start: int, end: int, pair_cache: PairCache
    ) -> None:
        self._pair_cache = pair_cache
        self._blocks = blocks
        self._old = old
        self._new = new
        self._start = start
        self._end = end
        self._before = [b for b in blocks if b.old_end <= start][-1]
        self._inside = [b for b in blocks if b.old_start < end and b.old_end > start]
        self._after = next(b for b in blocks if b.old_start >= end)

    def find(self) -> tuple[int, int]:
        """The new span between the neighbouring blocks, stripped of white space that the passage did not have."""
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
        """The widest span: everything between the nearest blocks outside the passage."""
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
        """The start when new[low:high] was inserted right before the passage."""
        low = max([low, *(m.end() for m in _BREAK.finditer(self._new, low, high))])
        beside = self._beside(self._before, self._start - NEAR, self._start)
        inserted = self._new[low:high].lstrip()
        # A clause with a colon, inserted before a passage at the start of a sentence, belongs to that sentence.
        ended = FULL_STOP if opens_sentence(self._old, self._start) else SENTENCE_END
        return low if beside and _is_part(inserted, ended) else high

    def _edge_end(self, low: int, high: int) -> int:
        """The end when new[low:high] was inserted right after the passage."""
        high = min([high, *(m.start() for m in _BREAK.finditer(self._new, low, high))])
        beside = self._beside(self._after, self._end, self._end + NEAR)
        return high if beside and _is_part(self._new[low:high].rstrip() + " ", SENTENCE_END) else low

    def _beside(self, neighbour: MatchingBlock, low: int, high: int) -> bool:
        """Whether a neighbouring block is no coincidence; an empty one is the certain border of a paragraph or text."""
        if neighbour.old_start == neighbour.old_end:
            return True
        return kept_share(self._old, self._blocks, max(0, low), min(high, len(self._old))) >= NEIGHBOURS_KEPT

    def _start_among_replaced(self, after: MatchingBlock) -> int | None:
        """The start among replaced words; None when too far from any unchanged ones."""
        a, b, pairs, whole = self._replaced(self._before, after, self._start)
        first = next((i for i, end in enumerate(a.ends) if end > self._start), None)
        if first is None:
            return None
        if first not in pairs:
            earlier = max((i for i in pairs if i < first), default=-1)
            if earlier < 0 or "\n" in a.keys[earlier:first]:
                return _paragraph_start(pairs, b, first) or (self._before.new_end if whole and earlier < 0 else None)
            return b.ends[pairs[earlier]]
        place = b.starts[pairs[first]]
        if self._start <= a.starts[first]:
            return self._edge_start(b.ends[pairs[first - 1]], place) if first - 1 in pairs else place
        return place + map_offset(a.keys[first], b.keys[pairs[first]], self._start - a.starts[first])

    def _end_among_replaced(self, before: MatchingBlock) -> int | None:
        """The end among replaced words; None when too far from any unchanged ones."""
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
        return b.starts[pairs[last]] + map_offset(a.keys[last], b.keys[pairs[last]], self._end - a.starts[last])

    def _replaced(self, before: MatchingBlock, after: MatchingBlock, offset: int) -> PairedWords:
        """Pair the words replaced between two blocks, up to MAX_PAIRED from the block nearer to the offset."""
        at_head = offset - before.old_end <= after.old_start - offset
        key = (before.old_end, after.old_start, at_head)
        if key not in self._pair_cache:
            a, all_old = _words_at_end(self._old, before.old_end, after.old_start, at_head)
            b, all_new = _words_at_end(self._new, before.new_end, after.new_start, at_head)
            self._pair_cache[key] = PairedWords(a, b, pair_words(a, b), all_old and all_new)
        return self._pair_cache[key]

    def _within_paragraphs(self, start: int, end: int) -> tuple[int, int]:
        """Exclude paragraphs inserted beside the passage."""
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
        """The paragraph, among several between the neighbours, that is the passage."""
        breaks = list(_BREAK.finditer(self._new, start, end))
        opens = _BREAK_BEFORE.search(self._old[max(0, self._start - 40) : self._start]) or not self._start
        closes = _BREAK_AFTER.match(self._old[self._end : self._end + 40]) or self._end == len(self._old)
        if closes and not opens:
            return start, breaks[0].start()
        if opens and not closes:
            return breaks[-1].end(), end
        starts, ends = [start, *(m.end() for m in breaks)], [*(m.start() for m in breaks), end]
        was = self._old[self._start : self._end]
        return max(zip(starts, ends, strict=True), key=lambda piece: similarity(was, self._new[piece[0] : piece[1]]))


def _paragraph_start(pairs: dict[int, int], b: Tokens, first: int) -> int | None:
    """Start of the paragraph with the next paired word after index `first`."""
    at = min((j for i, j in pairs.items() if i > first), default=None)
    if at is None:
        return None
    while at and b.keys[at - 1] != "\n" and at - 1 not in pairs.values():
        at -= 1
    return b.starts[at]


def _is_part(inserted: str, ended: re.Pattern[str]) -> bool:
    """Whether an insertion at the edge of a passage is part of it: short, and not a sentence of its own."""
    return len(inserted) <= EDGE_INSERTION and not ended.search(inserted)


def _words_at_end(text: str, start: int, end: int, at_head: bool) -> tuple[Tokens, bool]:
    """The first or last words of a range, and whether these are all."""
    low = start if at_head else max(start, end - MAX_REACH)
    high = min(end, start + MAX_REACH) if at_head else end
    words = tokenise(text, low, high)
    spare = max(0, len(words.keys) - MAX_PAIRED)
    whole = not spare and (low, high) == (start, end)
    return words.cut(0, MAX_PAIRED) if at_head else words.cut(spare, len(words.keys)), whole


def map_offset(old: str, new: str, offset: int) -> int:
    """Map an offset inside a word to its replacement."""
    if max(len(old), len(new)) > MAX_WORD:
        return len(new) * offset // len(old)
    for op in Levenshtein.opcodes(old, new):
        if op.src_start <= offset < op.src_end:
            return min(op.dest_end, op.dest_start + offset - op.src_start)
    return len(new)


def pair_words(a: Tokens, b: Tokens) -> dict[int, int]:
    """Pair words in order, maximising the similar letters; the rest pairs by position."""
    return dict(best_pairs([[_weight(x, y) for y in b.keys] for x in a.keys]))


def _weight(x: str, y: str) -> float:
    if x == y:
        return float(len(x))
    if x[0].isalnum() != y[0].isalnum() or (x[0] == "\n") != (y[0] == "\n"):
        return 0.0
    size, shorter = len(x) + len(y), min(len(x), len(y))
    if size > MAX_WORD or 2 * shorter < SAME_WORD * size:
        return BY_PLACE
    alike = fuzz.ratio(x, y) / 100
    return alike * size / 2 if alike >= SAME_WORD else BY_PLACE
