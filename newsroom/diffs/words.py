"""Word diff of two texts, tuned for readability."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from rapidfuzz.distance import Indel, Opcodes

# Diff by paragraph first, then changed paragraphs by word. A word is anything but white space and punctuation, so
# combining marks and emoji stay with their letters; CJK characters count singly.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LETTER = rf"[^\s!-/:-@\[-`{{-~¡§«¶·»¿\u2010-\u205e\u3000-\u303f،؛؟۔\uff01-\uff0f\uff1a-\uff20{CJK}]"
WORD = rf"\d+(?:[.,:٫٬]\d+)+|{LETTER}+(?:['’]{LETTER}+)*|\n+|[^\S\n]+|."
Level = Callable[[str], list[str]]
"""Cuts a text into tokens, which join to it again."""
LEVELS: Sequence[Level] = (re.compile(r"[^\n]*\n+|[^\n]+").findall, re.compile(WORD).findall)
# Token pairs per alignment (rapidfuzz handles 64 at a time): about 10 ms and a few MB.
MAX_PAIRS = 50_000_000
# Characters; a larger change without a common paragraph is not diffed by word. A quarter of a second at most.
MAX_CHANGE_LENGTH = 320_000

Change = tuple[str, str]
"""Old text and new text; equal where nothing changed."""
Match = tuple[bool, int, int]
"""Whether equal, and the number of tokens on either side."""


@dataclass(frozen=True, slots=True)
class Piece:
    op: Literal["equal", "insert", "delete"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces: "equal" and "delete" join to `old`, "equal" and "insert" to `new`; deletions come first."""
    return list(_pieces(_without_islands(aligned(old, new))))


def aligned(old: str, new: str, levels: Sequence[Level] = LEVELS) -> Iterator[Change]:
    """Equal and changed text in turn, as finely as the last of `levels` cuts it."""
    return _merged(_aligned(old, new, levels, level=0))


def _aligned(old: str, new: str, levels: Sequence[Level], *, level: int) -> Iterator[Change]:
    if (
        old == new
        or not old
        or not new
        or level == len(levels)
        or (level and max(len(old), len(new)) > MAX_CHANGE_LENGTH)
    ):
        yield old, new
        return
    before, after = levels[level](old), levels[level](new)
    numbers: dict[str, int] = {}
    # Encode each distinct token as a character: rapidfuzz is fastest on strings.
    one, two = ("".join(chr(numbers.setdefault(token, len(numbers))) for token in side) for side in (before, after))
    first = start = 0
    for is_same, taken, given in _matches(one, two):
        gone, come = "".join(before[first : first + taken]), "".join(after[start : start + given])
        if is_same:
            yield gone, gone
        else:
            yield from _aligned(gone, come, levels, level=level + 1)
        first, start = first + taken, start + given


def _matches(one: str, two: str, *, anchored: bool = False) -> Iterator[Match]:
    head = common_prefix(one, two)
    tail = common_prefix(one[head:][::-1], two[head:][::-1])
    yield True, head, head
    one, two = one[head : len(one) - tail], two[head : len(two) - tail]
    if len(one) * len(two) <= MAX_PAIRS:
        yield from _joined(Indel.opcodes(one, two))
    elif anchored:
        yield False, len(one), len(two)
    else:
        for (first, start), (last, end) in pairwise([(0, 0), *_anchors(one, two), (len(one), len(two))]):
            yield from _matches(one[first:last], two[start:end], anchored=True)
    yield True, tail, tail


def _joined(codes: Opcodes) -> Iterator[Match]:
    """Merge adjacent deletions and insertions into one change."""
    for is_same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        run = list(group)
        yield is_same, run[-1].src_end - run[0].src_start, run[-1].dest_end - run[0].dest_start


def common_prefix(one: str, two: str) -> int:
    """Length of the common prefix, by bisection, since comparing slices is fast."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(one: str, two: str) -> list[tuple[int, int]]:
    """Patience diff: positions of tokens unique on both sides and in order, to split a large change."""
    often_one, often_two = Counter(one), Counter(two)
    places = {token: place for place, token in enumerate(two) if often_two[token] == 1}
    pairs = [(place, places[token]) for place, token in enumerate(one) if often_one[token] == 1 and token in places]
    return _longest_increasing(pairs)


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest subsequence of pairs with increasing second members; the first ones increase already."""
    ends: list[int] = []  # ends[n]: the smallest end of a subsequence of length n + 1
    links: list[tuple[int, int]] = []  # per pair: length of its subsequence, index of its predecessor
    last_at: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        last_at[length : length + 1] = [index]
        links.append((length, last_at[length - 1] if length else -1))
    run, index = [], last_at[-1] if last_at else -1
    while index >= 0:
        run.append(pairs[index])
        index = links[index][1]
    return run[::-1]


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """Merge neighbours, so that equal and changed text alternate."""
    for _, group in groupby((change for change in changes if any(change)), key=lambda change: change[0] == change[1]):
        old, new = zip(*group, strict=True)
        yield "".join(old), "".join(new)


def _without_islands(changes: Iterable[Change]) -> Iterator[Change]:
    """Absorb a space or short equal word between two changes: one larger change is easier to read."""
    held: list[Change] = []  # a change and the equal text after it
    for old, new in changes:
        if old == new and held:
            held.append((old, new))
        elif len(held) == 2 and _is_island(held[1][0], held[0], (old, new)):
            held = [(held[0][0] + held[1][0] + old, held[0][1] + held[1][1] + new)]
        elif old == new:
            yield old, new
        else:
            yield from held
            held = [(old, new)]
    yield from held


def _is_island(same: str, before: Change, after: Change) -> bool:
    if "\n" in same:
        return False
    word = sum(character.isalnum() for character in same)
    return word * 3 <= min(max(map(len, before)), max(map(len, after))) if word else len(same) < 3


def _pieces(changes: Iterable[Change]) -> Iterator[Piece]:
    for old, new in changes:
        if old == new:
            yield Piece("equal", old)
            continue
        if old:
            yield Piece("delete", old)
        if new:
            yield Piece("insert", new)
