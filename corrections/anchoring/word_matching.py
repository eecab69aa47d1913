"""Compares two differing stretches of text word by word, edited paragraphs against their old selves."""

from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from corrections.anchoring.sequences import Run, best_pairs, drop_weak_runs, gather_runs, settle_runs, word_runs
from corrections.anchoring.tokens import Tokens, tokenise

# A stretch of both texts without one sentence in common and longer than this together is a rewrite, and not compared.
MAX_COMPARED = 200_000
# Paragraphs that differ are paired by likeness when there are no more than this many pairs to try.
MAX_PARAGRAPH_PAIRS = 400
# Paragraphs that share this much of their words are one paragraph, edited.
SAME_PARAGRAPH = 0.5


class Block(NamedTuple):
    """old[old_start:old_end] reads as new[new_start:new_end]: the same text, or one word spelt differently."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def compare_words(old: str, new: str, stretch: Block) -> list[Block]:
    """The common words of a stretch that differs, in order."""
    size, new_size = stretch.old_end - stretch.old_start, stretch.new_end - stretch.new_start
    if not size or not new_size or size + new_size > MAX_COMPARED:
        return []
    a = tokenise(old, stretch.old_start, stretch.old_end)
    b = tokenise(new, stretch.new_start, stretch.new_end)
    blocks: list[Block] = []
    i = j = 0
    for i1, i2, j1, j2 in _paired_paragraphs(a.keys, b.keys):
        blocks += join_runs(old, new, a, b, _compare(a, b, (i, i1, j, j1)))
        # Empty blocks: wherever the words inside ended up, the borders of the paragraph are known.
        blocks.append(Block(a.starts[i1], a.starts[i1], b.starts[j1], b.starts[j1]))
        blocks += join_runs(old, new, a, b, _compare(a, b, (i1, i2, j1, j2)))
        blocks.append(Block(a.ends[i2 - 1], a.ends[i2 - 1], b.ends[j2 - 1], b.ends[j2 - 1]))
        i, j = i2, j2
    return blocks + join_runs(old, new, a, b, _compare(a, b, (i, len(a.keys), j, len(b.keys))))


def _compare(a: Tokens, b: Tokens, gap: tuple[int, int, int, int]) -> list[Run]:
    i1, i2, j1, j2 = gap
    if i1 == i2 or j1 == j2:
        return []
    x, y = a.cut(i1, i2), b.cut(j1, j2)
    runs = settle_runs(x.keys, y.keys, gather_runs(x.keys, y.keys, word_runs(x.keys, y.keys)))
    return [Run(run.old + i1, run.new + j1, run.size) for run in drop_weak_runs(x, y, runs)]


def _paired_paragraphs(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Paragraphs of `old` and `new` that are one paragraph edited, in order: the best sum of likeness."""
    a, b = _paragraphs(old), _paragraphs(new)
    if len(a) == len(b) == 1 or not a or not b or len(a) * len(b) > MAX_PARAGRAPH_PAIRS:
        return []
    pairs = best_pairs([[_likeness(old[i1:i2], new[j1:j2]) for j1, j2 in b] for i1, i2 in a])
    if min(len(a), len(b)) == 1 and pairs and not _one_is_all(old, new, a[pairs[0][0]], b[pairs[0][1]]):
        return []
    return [(*a[i], *b[j]) for i, j in pairs]


def _one_is_all(old: list[str], new: list[str], a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether a pair of paragraphs holds about all that is common, so that none was split or joined to another."""
    common, inside = LCSseq.similarity(old, new), LCSseq.similarity(old[slice(*a)], new[slice(*b)])
    return common - inside <= max(2, common // 10)


def _paragraphs(keys: list[str]) -> list[tuple[int, int]]:
    breaks = [index for index, key in enumerate(keys) if key == "\n"]
    starts, ends = [0, *(index + 1 for index in breaks)], [*breaks, len(keys)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _likeness(old: list[str], new: list[str]) -> float:
    return Indel.normalized_similarity(old, new, score_cutoff=SAME_PARAGRAPH) * min(len(old), len(new))


def join_runs(old: str, new: str, a: Tokens, b: Tokens, runs: list[Run]) -> list[Block]:
    """Runs of equal words as blocks of text."""
    blocks: list[Block] = []
    for run in runs:
        i, j, last = run.old, run.new, run.size - 1
        whole = Block(a.starts[i], a.ends[i + last], b.starts[j], b.ends[j + last])
        if old[whole.old_start : whole.old_end] == new[whole.new_start : whole.new_end]:
            blocks.append(whole)
        else:
            blocks.extend(
                Block(a.starts[i + k], a.ends[i + k], b.starts[j + k], b.ends[j + k]) for k in range(run.size)
            )
    return blocks
