"""Diff of two key lists (lines, sentences or words): equal runs by patience diff and longest common subsequence."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel

from corrections.anchoring.tokens import Tokens

# Size limit of the LCS bit matrix: so many cells take some milliseconds and 2 MB.
MAX_CELLS = 9_000_000
# A run is weak when its letters times this factor are fewer than those of the edits on each side. On real edits 1.5 to
# 3 give the same result; a higher factor accepts coincidental matches.
WEAK_RUN_FACTOR = 2
SENTENCE_ENDS = frozenset(".!?…。！？؟")
# Rounds of patience diff. Real edits need two or three.
MAX_ROUNDS = 6


class EqualRun(NamedTuple):
    """old[old : old + size] equals new[new : new + size]."""

    old: int
    new: int
    size: int


class Gap(NamedTuple):
    """Ranges of keys not compared yet."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def match_runs(old: Sequence[str], new: Sequence[str]) -> list[EqualRun]:
    """Equal runs in order (patience diff): common ends, then keys unique on both sides, recursively."""
    runs: list[EqualRun] = []
    gaps = [Gap(0, len(old), 0, len(new))]
    for _ in range(MAX_ROUNDS):
        gaps = [rest for gap in gaps for rest in _match_gap(old, new, gap, runs)]
        if not gaps:
            break
    return sorted(runs)


def _match_gap(old: Sequence[str], new: Sequence[str], gap: Gap, runs: list[EqualRun]) -> list[Gap]:
    """Append the runs of one gap to `runs`; returns the gaps left between them."""
    a0, a1, b0, b1 = _trim(old, new, gap, runs)
    chain = _longest_chain(_unique_pairs(old, new, Gap(a0, a1, b0, b1)))
    rest: list[Gap] = []
    for i, j in chain:
        runs.append(EqualRun(i, j, 1))
        rest.append(Gap(a0, i, b0, j))
        a0, b0 = i + 1, j + 1
    if chain:
        rest.append(Gap(a0, a1, b0, b1))
    return [left for left in rest if left.old_start < left.old_end and left.new_start < left.new_end]


def _trim(old: Sequence[str], new: Sequence[str], gap: Gap, runs: list[EqualRun]) -> Gap:
    """Trim the common prefix and suffix of a gap."""
    a0, a1, b0, b1 = gap
    while a0 < a1 and b0 < b1 and old[a0] == new[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and old[a1 - 1] == new[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    if a0 > gap.old_start:
        runs.append(EqualRun(gap.old_start, gap.new_start, a0 - gap.old_start))
    if a1 < gap.old_end:
        runs.append(EqualRun(a1, b1, gap.old_end - a1))
    return Gap(a0, a1, b0, b1)


def _unique_pairs(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[tuple[int, int]]:
    a0, a1, b0, b1 = gap
    if a0 == a1 or b0 == b1:
        return []
    there = _unique_places(new, b0, b1)
    return [(i, there[key]) for key, i in _unique_places(old, a0, a1).items() if key in there]


def _unique_places(keys: Sequence[str], start: int, end: int) -> dict[str, int]:
    places: dict[str, int] = {}
    repeated: set[str] = set()
    for index in range(start, end):
        key = keys[index]
        if key in places:
            repeated.add(key)
        places[key] = index
    for key in repeated:
        del places[key]
    places.pop("", None)
    return places


def _longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest sequence of pairs rising on both sides (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            ends.append(index)
        else:
            tops[pile] = j
            ends[pile] = index
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def word_runs(old: list[str], new: list[str]) -> list[EqualRun]:
    """Equal runs of two lists of words. Past the cap only words unique on both sides count."""
    if len(old) * len(new) > MAX_CELLS:
        return match_runs(old, new)
    return [
        EqualRun(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(old, new)
        if op.tag == "equal"
    ]


def join_scattered_runs(old: list[str], new: list[str], runs: list[EqualRun]) -> list[EqualRun]:
    """Join a scattered run to its neighbour where the same words also occur right beside that neighbour."""
    gathered: list[EqualRun] = []
    for run in reversed(runs):
        nxt = gathered[-1] if gathered else None
        if nxt and run.old + run.size == nxt.old and run.size <= nxt.size:
            start = nxt.new - run.size
            if start >= run.new + run.size and old[run.old : nxt.old] == new[start : nxt.new]:
                gathered[-1] = EqualRun(run.old, start, run.size + nxt.size)
                continue
        gathered.append(run)
    return gathered[::-1]


def shift_to_boundaries(old: list[str], new: list[str], runs: list[EqualRun]) -> list[EqualRun]:
    """Shift each insertion or deletion with several equivalent positions to the start of a sentence.

    "one. [Two.] Three." and "one[. Two]. Three." are the same to a diff, but editors do the first.
    """
    settled = runs[:1]
    for run in runs[1:]:
        before = settled[-1]
        shift = 0
        if run.old == before.old + before.size:
            shift = _best_shift(new, before.new + before.size, run.new, before.size, run.size)
        elif run.new == before.new + before.size:
            shift = _best_shift(old, before.old + before.size, run.old, before.size, run.size)
        settled[-1] = EqualRun(before.old, before.new, before.size + shift)
        settled.append(EqualRun(run.old + shift, run.new + shift, run.size - shift))
    return [run for run in settled if run.size]


def _best_shift(keys: list[str], start: int, end: int, before: int, after: int) -> int:
    """The best shift of keys[start:end], limited by the sizes of the runs `before` and `after` it."""
    low = 0
    while -low < before and keys[start + low - 1] == keys[end + low - 1]:
        low -= 1
    high = 0
    while high < after and end + high < len(keys) and keys[start + high] == keys[end + high]:
        high += 1
    return max(range(low, high + 1), key=lambda shift: (_boundary_rank(keys, start + shift), -abs(shift)))


def _boundary_rank(keys: list[str], index: int) -> int:
    """Rank of keys[index] as the start of an edit: paragraph, sentence, after punctuation, other."""
    previous, here = keys[index - 1] if index else "\n", keys[index] if index < len(keys) else "\n"
    if "\n" in (previous, here):
        return 3
    return 2 if previous in SENTENCE_ENDS else int(not previous[-1].isalnum())


def drop_weak_runs(a: Tokens, b: Tokens, runs: list[EqualRun]) -> list[EqualRun]:
    """Drop coincidental matches: runs far shorter than the edits on both sides."""
    old, new = _lengths(a.keys), _lengths(b.keys)
    kept: list[EqualRun] = []
    for index, run in enumerate(runs):
        before = kept[-1] if kept else EqualRun(0, 0, 0)
        after = runs[index + 1] if index + 1 < len(runs) else EqualRun(len(a.keys), len(b.keys), 0)
        left = max(old[run.old] - old[before.old + before.size], new[run.new] - new[before.new + before.size])
        right = max(old[after.old] - old[run.old + run.size], new[after.new] - new[run.new + run.size])
        if (old[run.old + run.size] - old[run.old]) * WEAK_RUN_FACTOR >= min(left, right):
            kept.append(run)
    return kept


def _lengths(keys: list[str]) -> list[int]:
    """Prefix sums of the key lengths."""
    return list(accumulate(map(len, keys), initial=0))


def best_pairs(weights: list[list[float]]) -> list[tuple[int, int]]:
    """The monotone pairing of rows and columns with the highest total weight (dynamic programming)."""
    rows, columns = len(weights), len(weights[0]) if weights else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        row, below, line = best[i], best[i + 1], weights[i]
        for j in range(columns - 1, -1, -1):
            row[j] = max(below[j + 1] + line[j], below[j], row[j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        if weights[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + weights[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
