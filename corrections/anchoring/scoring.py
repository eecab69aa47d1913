"""Weighs whether a stretch of the new text is still the passage: its own words, its neighbours, its sentence."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from corrections.anchoring.word_matching import Block

# How far to each side the neighbours of a passage are looked at, and how much of them has to survive for the text
# between them to count as the passage put differently, whatever it says now.
NEIGHBOURHOOD = 24
NEIGHBOURS_KEPT = 0.7
# The nearest characters count on their own too, a little less: words farther off may have been edited as well.
NEAR = 12
NEAR_WEIGHT = 0.9
# Fewer letters than these between the passage and the end of its sentence vouch for nothing; a longer passage asks for
# a fifth of its length, up to NEAR.
FEW_LETTERS = 4
# With the same sentence standing on both sides, the weaker side may be edited this far.
WEAKER_SIDE = 0.4
# A passage that keeps this share of its own letters is the same passage whatever became of its neighbours.
SELF_KEPT = 0.5
# Letter for letter (see likeness): unrelated sentences of one language come to 0.4 or 0.5.
ALIKE = 0.6
# A whole sentence of no more words than this may become any other: "Awesome!" is "Welcome!" now.
SHORT_SENTENCE = 3
# A passage found far from its old place has to keep this much of itself; less with both neighbours beside it.
MOVED_KEPT = 0.6
MOVED_KEPT_BESIDE = 0.3
# Or be this much alike letter for letter: a typo may have joined two words.
MOVED_ALIKE = 0.8
# Longer texts than these together are told apart by their common words alone: letters would take seconds.
MAX_LETTER_BY_LETTER = 40_000
# Below this length a passage alone says too little, and its neighbours must have come along.
TELLING_LENGTH = 20

SENTENCE_END = re.compile(r"[.!?…؟:][\"'»”’)\]*]*\s|[。！？]|\n")
_OPENING = re.compile(r"(?:[.!?…؟:][\"'»”’)\]*]*\s+|[。！？]\s*|\n\s*)$")
_CLOSING = re.compile(r"[\"'»”’)\]*]*(?:[.!?…؟:。！？]|\s*\n)")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a passage: the share of its letters that was kept, and whether they stand in the same sentence.

    Where they do not, `at_border` tells that the new stretch begins or ends a sentence as the passage did.
    """

    kept: float
    same_sentence: bool
    at_border: bool


NOTHING = Side(0.0, False, False)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the new text, the share of the passage's own letters that it keeps, and both its sides."""

    start: int
    end: int
    own: float
    left: Side
    right: Side

    @property
    def weight(self) -> float:
        """How much speaks for this place, 0 to 4: the passage itself counts as much as both its sides."""
        return 2 * self.own + self.left.kept + self.right.kept


class Witness:
    """Tells what was kept of one passage and around it."""

    def __init__(self, old: str, new: str, blocks: list[Block], start: int, end: int) -> None:
        self._old = old
        self._new = new
        self._blocks = blocks
        self._start = start
        self._end = end
        self._few = max(FEW_LETTERS, min(NEAR, (end - start) // 5))

    def weigh(self, new_start: int, new_end: int) -> Found:
        """What speaks for new[new_start:new_end]."""
        return Found(
            new_start, new_end, self._kept(self._start, self._end), self._left(new_start), self._right(new_end)
        )

    def _left(self, new_start: int) -> Side:
        low = max(0, self._start - NEIGHBOURHOOD)
        begin = max([low, *(m.end() for m in SENTENCE_END.finditer(self._old, low, self._start))])
        if letters(self._old[begin : self._start]) < self._few:
            return Side(self._kept(low, self._start), False, opens_sentence(self._new, new_start))
        near = self._kept(max(begin, self._start - NEAR), self._start)
        return Side(max(self._kept(begin, self._start), near * NEAR_WEIGHT), True, False)

    def _right(self, new_end: int) -> Side:
        high = min(len(self._old), self._end + NEIGHBOURHOOD)
        stop = SENTENCE_END.search(self._old, self._end, high)
        until = stop.start() if stop else high
        if letters(self._old[self._end : until]) < self._few:
            return Side(self._kept(self._end, high), False, closes_sentence(self._new, new_end))
        near = self._kept(self._end, min(until, self._end + NEAR))
        return Side(max(self._kept(self._end, until), near * NEAR_WEIGHT), True, False)

    def _kept(self, start: int, end: int) -> float:
        return kept(self._old, self._blocks, start, end)


def kept(old: str, blocks: list[Block], start: int, end: int) -> float:
    """Share of the letters of old[start:end] that stand in common stretches; 1 where there are none."""
    total = letters(old[start:end])
    if not total:
        return 1.0
    common = ((max(block.old_start, start), min(block.old_end, end)) for block in blocks)
    return sum(letters(old[low:high]) for low, high in common if low < high) / total


def stands(was: str, now: str, found: Found) -> bool:
    """Whether what stands between the neighbours of a passage is still this passage, edited."""
    if wordless(now) and not wordless(was):
        return False
    return was == now or found.own >= SELF_KEPT or _put_differently(was, now, found)


def _put_differently(was: str, now: str, found: Found) -> bool:
    """Whether text that keeps little of the passage stands for it: only its neighbours can tell."""
    left, right = found.left, found.right
    low, high = sorted((left.kept, right.kept))
    if left.same_sentence and right.same_sentence and low >= WEAKER_SIDE and high >= NEIGHBOURS_KEPT:
        return True
    alike = max(found.own, likeness(was, now))
    if left.same_sentence or right.same_sentence:
        inner = max(side.kept for side in (left, right) if side.same_sentence)
        beside = low >= 0.5 or alike >= ALIKE or left.at_border or right.at_border
        return inner >= NEIGHBOURS_KEPT and beside
    # A whole sentence: an unrelated one in its place does not stand for it.
    return low >= NEIGHBOURS_KEPT and (alike >= ALIKE or len(was.split()) <= SHORT_SENTENCE)


def moved_whole(was: str, now: str, found: Found) -> bool:
    """Whether a stretch far from the old place is the passage."""
    low, high = sorted((found.left.kept, found.right.kept))
    if len(was) >= TELLING_LENGTH and likeness(was, now) >= MOVED_ALIKE:
        return True
    if len(was) < TELLING_LENGTH:
        return (found.own >= SELF_KEPT and low + high >= 1.0) or low >= NEIGHBOURS_KEPT
    return found.own >= MOVED_KEPT or (found.own >= MOVED_KEPT_BESIDE and low >= NEIGHBOURS_KEPT)


def likeness(one: str, other: str) -> float:
    """How alike two texts are letter for letter, 0 to 1 (rapidfuzz's ratio); 0 for texts too long to compare so."""
    return fuzz.ratio(one, other) / 100 if len(one) + len(other) <= MAX_LETTER_BY_LETTER else 0.0


def wordless(text: str) -> bool:
    """Whether a text has neither letter nor digit."""
    return not any(map(str.isalnum, text))


def letters(text: str) -> int:
    """How many characters other than white space."""
    return len("".join(text.split()))


def opens_sentence(text: str, offset: int) -> bool:
    """Whether a sentence or paragraph begins at the offset."""
    before = text[max(0, offset - 8) : offset]
    return bool(_OPENING.search(before)) or (offset <= 8 and not before.strip())


def closes_sentence(text: str, offset: int) -> bool:
    """Whether a sentence or paragraph ends at the offset."""
    after = text[offset : offset + 8]
    return not after.strip() or bool(_CLOSING.match(after) or _OPENING.search(text[max(0, offset - 8) : offset + 1]))
