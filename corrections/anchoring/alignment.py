"""Sequence alignment of two revisions, hierarchical and lazy.

Lines are compared first, then sentences within changed lines, then words within changed sentences. Lines and sentences
are compared once per pair at about the cost of hashing; words only where a passage lies.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from corrections.anchoring.sequences import EqualRun, match_runs
from corrections.anchoring.tokens import fold
from corrections.anchoring.word_matching import MatchingBlock, match_words
from newsroom.diffs.words import common_prefix

_SENTENCE = re.compile(r"\n\s*\n\s*|(?<=[.!?…。！？؟])[\"'»”’)\]]*\s+|(?<=[。！？])")


class Similarity(Enum):
    """Identical text, identical after folding, or different."""

    EQUAL = 1
    ALIKE = 2
    DIFFERENT = 3


class Segment(NamedTuple):
    """A range of the old text aligned with one of the new."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    similarity: Similarity


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A text split into pieces: the start offsets, the end of the last, and comparison keys."""

    starts: list[int]
    keys: list[str]


def _lines(text: str, start: int, end: int) -> _Pieces:
    keys = text[start:end].split("\n")
    starts = [start]
    offset = start
    for key in keys:
        offset += len(key) + 1
        starts.append(offset)
    starts[-1] = end
    return _Pieces(starts, keys)


def _sentences(text: str, start: int, end: int) -> _Pieces:
    starts = [start]
    for match in _SENTENCE.finditer(text, start, end):
        if starts[-1] < match.end() < end:
            starts.append(match.end())
    starts.append(end)
    keys = [fold(text[a:b]) for a, b in pairwise(starts)]
    return _Pieces(starts, keys)


class Alignment:
    """The alignment of one pair of texts, reusable for many passages."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.segments = _merge_equal(self._segments())
        self._starts = [segment.old_start for segment in self.segments]
        self._refined: dict[int, list[MatchingBlock]] = {}

    def segment_at(self, offset: int) -> int:
        """Index of the segment that contains `offset`; the last one at the end of the text."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def blocks(self, index: int) -> list[MatchingBlock]:
        """The matching blocks of one segment."""
        segment = self.segments[index]
        if segment.similarity is Similarity.EQUAL:
            return [MatchingBlock(*segment[:4])]
        if index not in self._refined:
            self._refined[index] = match_words(self.old, self.new, MatchingBlock(*segment[:4]))
        return self._refined[index]

    def block_holding(self, start: int, end: int) -> MatchingBlock | None:
        """The block of identical text that extends beyond old[start:end] on both sides."""
        index = self.segment_at(start)
        segment = self.segments[index]
        if segment.similarity is Similarity.EQUAL:
            return MatchingBlock(*segment[:4]) if end <= segment.old_end else None
        blocks = self.blocks(index)
        at = bisect_left(blocks, (start,)) - 1
        if at < 0 or blocks[at].old_end <= end or not self._verbatim(blocks[at]):
            return None
        return blocks[at]

    def _verbatim(self, block: MatchingBlock) -> bool:
        return self.old[block.old_start : block.old_end] == self.new[block.new_start : block.new_end]

    def around(self, start: int, end: int, reach: int) -> list[MatchingBlock]:
        """The matching blocks from one that ends `reach` before the passage to one that begins `reach` after it.

        Empty blocks mark both ends of the texts.
        """
        first = last = self.segment_at(start)
        blocks = self.blocks(first)
        low = bisect_right(blocks, start - reach, key=_old_end) - 1
        found = blocks[max(0, low) : bisect_left(blocks, end + reach, key=_old_start) + 1]
        while first > 0 and not (found and found[0].old_end <= start - reach):
            first -= 1
            blocks = self.blocks(first)
            found[:0] = blocks[max(0, bisect_right(blocks, start - reach, key=_old_end) - 1) :]
        while last + 1 < len(self.segments) and not (found and found[-1].old_start >= end + reach):
            last += 1
            blocks = self.blocks(last)
            found += blocks[: bisect_left(blocks, end + reach, key=_old_start) + 1]
        size, new_size = len(self.old), len(self.new)
        return [MatchingBlock(0, 0, 0, 0), *found, MatchingBlock(size, size, new_size, new_size)]

    def _segments(self) -> Iterator[Segment]:
        old, new = self.old, self.new
        head = common_prefix(old, new)
        if head == len(old) == len(new):
            yield Segment(0, head, 0, head, Similarity.EQUAL)
            return
        head = old.rfind("\n", 0, head) + 1
        if head:
            yield Segment(0, head, 0, head, Similarity.EQUAL)
        yield from self._cut(_lines(old, head, len(old)), _lines(new, head, len(new)), finer=True)

    def _cut(self, old: _Pieces, new: _Pieces, *, finer: bool) -> Iterator[Segment]:
        i = j = 0
        for run in [*match_runs(old.keys, new.keys), EqualRun(len(old.keys), len(new.keys), 0)]:
            yield from self._gap(old.starts[i], old.starts[run.old], new.starts[j], new.starts[run.new], finer)
            i, j = run.old + run.size, run.new + run.size
            if run.size:
                yield from self._same(old, new, run)

    def _same(self, old: _Pieces, new: _Pieces, run: EqualRun) -> Iterator[Segment]:
        a0, a1 = old.starts[run.old], old.starts[run.old + run.size]
        b0, b1 = new.starts[run.new], new.starts[run.new + run.size]
        if self.old[a0:a1] == self.new[b0:b1]:
            yield Segment(a0, a1, b0, b1, Similarity.EQUAL)
            return
        for step in range(run.size):
            a0, a1 = old.starts[run.old + step : run.old + step + 2]
            b0, b1 = new.starts[run.new + step : run.new + step + 2]
            same = self.old[a0:a1] == self.new[b0:b1]
            yield Segment(a0, a1, b0, b1, Similarity.EQUAL if same else Similarity.ALIKE)

    def _gap(self, a0: int, a1: int, b0: int, b1: int, finer: bool) -> Iterator[Segment]:
        if a0 == a1 and b0 == b1:
            return
        if finer and a0 < a1 and b0 < b1:
            yield from self._cut(_sentences(self.old, a0, a1), _sentences(self.new, b0, b1), finer=False)
        else:
            yield Segment(a0, a1, b0, b1, Similarity.DIFFERENT)


def _merge_equal(segments: Iterator[Segment]) -> list[Segment]:
    """Join adjacent equal segments, so that a passage across their border lies in one."""
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        if (
            last
            and last.similarity is segment.similarity is Similarity.EQUAL
            and last[1] == segment[0]
            and last[3] == segment[2]
        ):
            joined[-1] = Segment(last.old_start, segment.old_end, last.new_start, segment.new_end, Similarity.EQUAL)
        else:
            joined.append(segment)
    return joined


def _old_start(block: MatchingBlock) -> int:
    return block.old_start


def _old_end(block: MatchingBlock) -> int:
    return block.old_end
