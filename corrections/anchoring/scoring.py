"""Score whether a candidate span is still the passage, by its own letters, its context and its sentence."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from corrections.anchoring.tokens import tokenise
from corrections.anchoring.word_matching import MatchingBlock

# Context on each side in characters, and the share of it that must be unchanged for the text in between to count as
# the passage, however reworded.
NEIGHBOURHOOD = 24
NEIGHBOURS_KEPT = 0.7
# The nearest characters also count alone, at a slightly lower weight, since farther words may have been edited.
NEAR = 12
NEAR_WEIGHT = 0.9
# Context within the sentence counts from this many letters; for longer passages from a fifth of their length, up to
# NEAR.
MIN_LETTERS = 4
# Minimum for the weaker side when both sides are in the same sentence.
WEAKER_SIDE = 0.4
# A passage that keeps this share of its own letters is the same, whatever its context.
SELF_KEPT = 0.5
# Minimum of `similarity`; unrelated sentences of one language reach 0.4 or 0.5.
MIN_SIMILARITY = 0.6
# A whole sentence of no more words than this may become any other: "Awesome!" is "Welcome!" now.
SHORT_SENTENCE = 3
# Share of its letters that a moved passage must keep; less when both its neighbours moved along.
MOVED_KEPT = 0.6
MOVED_KEPT_BESIDE = 0.3
# Or this `similarity`: a typo may have joined two words.
MOVED_SIMILARITY = 0.8
# Longer pairs are compared by common words only, since comparing letters would take seconds.
MAX_COMPARED_LENGTH = 40_000
# Shorter passages are not distinctive, so their neighbours must have moved along.
DISTINCTIVE_LENGTH = 20

# Characters in which two words are looked for, and what stands for the border of the text.
BESIDE = 48
BORDER = ""

SENTENCE_END = re.compile(r"[.!?…؟:][\"'»”’)\]*]*\s|[。！？]|\n")
_OPENING = re.compile(r"(?:[.!?…؟:][\"'»”’)\]*]*\s+|[。！？]\s*|\n\s*)$")
_CLOSING = re.compile(r"[\"'»”’)\]*]*(?:[.!?…؟:。！？]|\s*\n)")


@dataclass(frozen=True, slots=True)
class Side:
    """Context on one side: the share of unchanged letters, and whether it is in the passage's sentence.

    If not, `at_border` says whether the candidate begins or ends a sentence, as the passage did.
    """

    kept_share: float
    same_sentence: bool
    at_border: bool


NO_CONTEXT = Side(0.0, False, False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the new text with the share of the passage's letters that it keeps (`own`) and its context."""

    start: int
    end: int
    own: float
    left: Side
    right: Side

    @property
    def weight(self) -> float:
        """The score, 0 to 4; the passage itself counts as much as both sides."""
        return 2 * self.own + self.left.kept_share + self.right.kept_share


class CandidateScorer:
    """Scores candidates for one passage."""

    def __init__(self, old: str, new: str, blocks: list[MatchingBlock], start: int, end: int) -> None:
        self._old = old
        self._new = new
        self._blocks = blocks
        self._start = start
        self._end = end
        self._few = max(MIN_LETTERS, min(NEAR, (end - start) // 5))

    def weigh(self, new_start: int, new_end: int) -> Candidate:
        """The candidate new[new_start:new_end] with its score."""
        return Candidate(
            new_start, new_end, self._kept(self._start, self._end), self._left(new_start), self._right(new_end)
        )

    def _left(self, new_start: int) -> Side:
        low = max(0, self._start - NEIGHBOURHOOD)
        begin = max([low, *(m.end() for m in SENTENCE_END.finditer(self._old, low, self._start))])
        if count_letters(self._old[begin : self._start]) < self._few:
            return Side(self._kept(low, self._start), False, opens_sentence(self._new, new_start))
        near = self._kept(max(begin, self._start - NEAR), self._start)
        return Side(max(self._kept(begin, self._start), near * NEAR_WEIGHT), True, False)

    def _right(self, new_end: int) -> Side:
        high = min(len(self._old), self._end + NEIGHBOURHOOD)
        stop = SENTENCE_END.search(self._old, self._end, high)
        until = stop.start() if stop else high
        if count_letters(self._old[self._end : until]) < self._few:
            return Side(self._kept(self._end, high), False, closes_sentence(self._new, new_end))
        near = self._kept(self._end, min(until, self._end + NEAR))
        return Side(max(self._kept(self._end, until), near * NEAR_WEIGHT), True, False)

    def _kept(self, start: int, end: int) -> float:
        return kept_share(self._old, self._blocks, start, end)


def kept_share(old: str, blocks: list[MatchingBlock], start: int, end: int) -> float:
    """Share of the letters of old[start:end] in matching blocks; 1 if it has no letters."""
    total = count_letters(old[start:end])
    if not total:
        return 1.0
    common = ((max(block.old_start, start), min(block.old_end, end)) for block in blocks)
    return sum(count_letters(old[low:high]) for low, high in common if low < high) / total


def is_same_passage(was: str, now: str, found: Candidate) -> bool:
    """Whether the text between the old neighbours is still the passage, perhaps edited."""
    if is_wordless(now) and not is_wordless(was):
        return False
    return was == now or found.own >= SELF_KEPT or _is_rewording(was, now, found)


def _is_rewording(was: str, now: str, found: Candidate) -> bool:
    """Whether text that shares little with the passage is a rewording of it, judged by the context."""
    left, right = found.left, found.right
    low, high = sorted((left.kept_share, right.kept_share))
    if left.same_sentence and right.same_sentence and low >= WEAKER_SIDE and high >= NEIGHBOURS_KEPT:
        return True
    alike = max(found.own, similarity(was, now))
    if left.same_sentence or right.same_sentence:
        inner = max(side.kept_share for side in (left, right) if side.same_sentence)
        beside = low >= 0.5 or alike >= MIN_SIMILARITY or left.at_border or right.at_border
        return inner >= NEIGHBOURS_KEPT and beside
    # A whole sentence is not the same when an unrelated one took its place.
    return low >= NEIGHBOURS_KEPT and (alike >= MIN_SIMILARITY or len(was.split()) <= SHORT_SENTENCE)


def has_equal_neighbour(old: str, start: int, end: int, new: str, new_start: int, new_end: int) -> bool:
    """Whether one of the two words before both spans, or after both, is the same; the text's border counts as one.

    Without it a short word that is equal proves nothing: 0.4 % of the single words of a text of which three sentences
    in four are new were found in a sentence that has no other word in common.
    """
    low, new_low = max(0, start - NEAR), max(0, new_start - NEAR)
    if old[low:start] == new[new_low:new_start] or old[end : end + NEAR] == new[new_end : new_end + NEAR]:
        return True
    before = _words(old, start - BESIDE, start)[-2:], _words(new, new_start - BESIDE, new_start)[-2:]
    after = _words(old, end, end + BESIDE)[:2], _words(new, new_end, new_end + BESIDE)[:2]
    return any(set(was) & set(now) for was, now in (before, after))


def _words(text: str, start: int, end: int) -> list[str]:
    keys = tokenise(text, max(0, start), min(len(text), end)).keys
    words = [key for key in keys if not is_wordless(key)]
    return [*([BORDER] if start <= 0 else []), *words, *([BORDER] if end >= len(text) else [])]


def is_moved_passage(was: str, now: str, found: Candidate) -> bool:
    """Whether a candidate far from the old position is the passage."""
    low, high = sorted((found.left.kept_share, found.right.kept_share))
    if len(was) >= DISTINCTIVE_LENGTH and similarity(was, now) >= MOVED_SIMILARITY:
        return True
    if len(was) < DISTINCTIVE_LENGTH:
        return (found.own >= SELF_KEPT and low + high >= 1.0) or low >= NEIGHBOURS_KEPT
    return found.own >= MOVED_KEPT or (found.own >= MOVED_KEPT_BESIDE and low >= NEIGHBOURS_KEPT)


def similarity(one: str, other: str) -> float:
    """rapidfuzz's ratio, 0 to 1; 0 for texts longer than MAX_COMPARED_LENGTH together."""
    return fuzz.ratio(one, other) / 100 if len(one) + len(other) <= MAX_COMPARED_LENGTH else 0.0


def is_wordless(text: str) -> bool:
    """Whether a text has neither letter nor digit."""
    return not any(map(str.isalnum, text))


def count_letters(text: str) -> int:
    """Number of characters other than white space."""
    return len("".join(text.split()))


def opens_sentence(text: str, offset: int) -> bool:
    """Whether a sentence or paragraph begins at the offset."""
    before = text[max(0, offset - 8) : offset]
    return bool(_OPENING.search(before)) or (offset <= 8 and not before.strip())


def closes_sentence(text: str, offset: int) -> bool:
    """Whether a sentence or paragraph ends at the offset."""
    after = text[offset : offset + 8]
    return not after.strip() or bool(_CLOSING.match(after) or _OPENING.search(text[max(0, offset - 8) : offset + 1]))
