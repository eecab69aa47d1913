"""Word-level matching of two ranges that differ, with edited paragraphs paired first."""

from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from corrections.anchoring.sequences import (
    EqualRun,
    best_pairs,
    drop_weak_runs,
    join_scattered_runs,
    shift_to_boundaries,
    word_runs,
)
from corrections.anchoring.tokens import Tokens, tokenise

# Longer ranges without a common sentence are a rewrite, and are not compared.
MAX_COMPARED = 200_000
# Limit for pairing paragraphs by similarity, in pairs to try.
MAX_PARAGRAPH_PAIRS = 400
# Paragraphs that share this much of their words are the same paragraph, edited.
SAME_PARAGRAPH = 0.5


class MatchingBlock(NamedTuple):
    """old[old_start:old_end] matches new[new_start:new_end]: identical text, or one word with the same key."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def match_words(old: str, new: str, stretch: MatchingBlock) -> list[MatchingBlock]:
    """The matching words of a range that differs, in order."""
    size, new_size = stretch.old_end - stretch.old_start, stretch.new_end - stretch.new_start
    if not size or not new_size or size + new_size > MAX_COMPARED:
        return []
    a = tokenise(old, stretch.old_start, stretch.old_end)
    b = tokenise(new, stretch.new_start, stretch.new_end)
    blocks: list[MatchingBlock] = []
    i = j = 0
    for i1, i2, j1, j2 in _paired_paragraphs(a.keys, b.keys):
        blocks += blocks_of_runs(old, new, a, b, _compare(a, b, (i, i1, j, j1)))
        # Empty blocks mark the borders of the paragraph, however its words changed.
        blocks.append(MatchingBlock(a.starts[i1], a.starts[i1], b.starts[j1], b.starts[j1]))
        blocks += blocks_of_runs(old, new, a, b, _compare(a, b, (i1, i2, j1, j2)))
        blocks.append(MatchingBlock(a.ends[i2 - 1], a.ends[i2 - 1], b.ends[j2 - 1], b.ends[j2 - 1]))
        i, j = i2, j2
    return blocks + blocks_of_runs(old, new, a, b, _compare(a, b, (i, len(a.keys), j, len(b.keys))))


def _compare(a: Tokens, b: Tokens, gap: tuple[int, int, int, int]) -> list[EqualRun]:
    i1, i2, j1, j2 = gap
    if i1 == i2 or j1 == j2:
        return []
    x, y = a.cut(i1, i2), b.cut(j1, j2)
    runs = shift_to_boundaries(x.keys, y.keys, join_scattered_runs(x.keys, y.keys, word_runs(x.keys, y.keys)))
    return [EqualRun(run.old + i1, run.new + j1, run.size) for run in drop_weak_runs(x, y, runs)]


def _paired_paragraphs(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Pairs of edited paragraphs, in order, with the highest total similarity."""
    a, b = _paragraphs(old), _paragraphs(new)
    if len(a) == len(b) == 1 or not a or not b or len(a) * len(b) > MAX_PARAGRAPH_PAIRS:
        return []
    pairs = best_pairs([[_similarity(old[i1:i2], new[j1:j2]) for j1, j2 in b] for i1, i2 in a])
    if min(len(a), len(b)) == 1 and pairs and not _holds_all_common(old, new, a[pairs[0][0]], b[pairs[0][1]]):
        return []
    return [(*a[i], *b[j]) for i, j in pairs]


def _holds_all_common(old: list[str], new: list[str], a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether a pair contains nearly all common words, so that no paragraph was split or joined."""
    common, inside = LCSseq.similarity(old, new), LCSseq.similarity(old[slice(*a)], new[slice(*b)])
    return common - inside <= max(2, common // 10)


def _paragraphs(keys: list[str]) -> list[tuple[int, int]]:
    breaks = [index for index, key in enumerate(keys) if key == "\n"]
    starts, ends = [0, *(index + 1 for index in breaks)], [*breaks, len(keys)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _similarity(old: list[str], new: list[str]) -> float:
    return Indel.normalized_similarity(old, new, score_cutoff=SAME_PARAGRAPH) * min(len(old), len(new))


def blocks_of_runs(old: str, new: str, a: Tokens, b: Tokens, runs: list[EqualRun]) -> list[MatchingBlock]:
    """Convert runs of equal words to matching blocks."""
    blocks: list[MatchingBlock] = []
    for run in runs:
        i, j, last = run.old, run.new, run.size - 1
        whole = MatchingBlock(a.starts[i], a.ends[i + last], b.starts[j], b.ends[j + last])
        if old[whole.old_start : whole.old_end] == new[whole.new_start : whole.new_end]:
            blocks.append(whole)
        else:
            blocks.extend(
                MatchingBlock(a.starts[i + k], a.ends[i + k], b.starts[j + k], b.ends[j + k]) for k in range(run.size)
            )
    return blocks
