"""Finds a passage again after its article was edited, or says plainly that it cannot."""

from dataclasses import dataclass
from enum import StrEnum

from corrections.anchoring.alignment import Alignment
from corrections.anchoring.boundaries import Bounds, Memo
from corrections.anchoring.moves import TELLING_LETTERS, Arrivals
from corrections.anchoring.quote_search import Occurrence, Occurrences, TooMany
from corrections.anchoring.scoring import (
    NEIGHBOURHOOD,
    NEIGHBOURS_KEPT,
    Found,
    Witness,
    letters,
    likeness,
    moved_whole,
    stands,
)
from corrections.anchoring.tokens import fold

# Two places for one passage are told apart by so much weight (of 4), else neither is answered.
CLEARLY_BETTER = 0.4
# Around a passage that was cut out, this much on each side now stands together.
SEAM = 24
# The score of a passage that reads the same in other characters.
SAME_BUT_SPELT = 0.95
# The browser's offsets are believed when the surroundings agree this far: white space is counted a little differently.
SURELY = 0.9
# Surroundings (0 to 1) this much better than any other choose one of several copies; below the second figure they say
# nothing, and only a quote that is long enough and stands once is believed.
CLEAR_CONTEXT = 0.1
SOME_CONTEXT = 0.3


class Status(StrEnum):
    """Where a passage stands in the current revision; see Anchor in the words of the house."""

    exact = "exact"
    moved = "moved"
    changed = "changed"
    fixed = "fixed"
    ambiguous = "ambiguous"
    removed = "removed"
    unplaced = "unplaced"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as the reader's browser sent it; offsets are code points of the field's canonical text."""

    field: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The answer: `start` and `end` are None for ambiguous, removed and unplaced; `score` runs from 0 to 1."""

    status: Status
    start: int | None
    end: int | None
    score: float


REMOVED = Anchor(Status.removed, None, None, 0.0)
AMBIGUOUS = Anchor(Status.ambiguous, None, None, 0.0)
UNPLACED = Anchor(Status.unplaced, None, None, 0.0)


def relocate(old: str, new: str, start: int, end: int, replacement: str | None = None) -> Anchor:
    """Where old[start:end] stands in `new`; `fixed` when it already reads as `replacement` there."""
    return Relocation(old, new).relocate(start, end, replacement)


class Relocation:
    """One pair of revisions, compared once, for the many passages that move from one to the other."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._alignment = Alignment(old, new)
        self._arrivals: Arrivals | None = None
        self._lined_up: Memo = {}

    def relocate(self, start: int, end: int, replacement: str | None = None) -> Anchor:
        """Where old[start:end] stands now; a span of no length is an insertion point.

        Raises ValueError for a span outside the old text.
        """
        if not 0 <= start <= end <= len(self.old):
            raise ValueError(f"no span of the old text: {start} to {end}")
        if start == end:
            return self._relocate_point(start, replacement)
        held = self._alignment.block_holding(start, end)
        if held:
            shift = held.new_start - held.old_start
            return Anchor(Status.moved if shift else Status.exact, start + shift, end + shift, 1.0)
        return self._between_neighbours(start, end, replacement) or self._elsewhere(start, end, replacement)

    def _between_neighbours(self, start: int, end: int, replacement: str | None) -> Anchor | None:
        """What stands where the passage stood, if it is the passage still."""
        blocks = self._alignment.around(start, end, NEIGHBOURHOOD)
        bounds = Bounds(self.old, self.new, blocks, start, end, self._lined_up)
        found = Witness(self.old, self.new, blocks, start, end).weigh(*self._unbroken(start, end, *bounds.find()))
        was, now = self.old[start:end], self.new[found.start : found.end]
        cut_out = now != was and self._cut_out(start, end, found)
        if replacement is not None and min(found.left.kept, found.right.kept) >= NEIGHBOURS_KEPT:
            for low, high in ((found.start, found.end), bounds.room()):
                if _reads_as(self.new[low:high], replacement, was) or (cut_out and not replacement):
                    return _fixed(self.new, low, high if not cut_out else low)
        if not now or cut_out or not stands(was, now, found):
            return None
        return self._answer(start, was, found, replacement)

    def _unbroken(self, start: int, end: int, new_start: int, new_end: int) -> tuple[int, int]:
        """The passage itself where it stands whole but overlaps what the comparison of words made of it."""
        was, size = self.old[start:end], end - start
        if was in self.new[new_start:new_end] or letters(was) < TELLING_LETTERS:
            return new_start, new_end
        at = self.new.find(was, max(0, new_start - size + 1), new_end + size - 1)
        if at < 0 or self.old.count(was, max(0, start - 2 * size), end + 2 * size) > 1:
            return new_start, new_end
        return at, at + size

    def _cut_out(self, start: int, end: int, found: Found) -> bool:
        """Whether the new text reads as though exactly this passage had been cut out of the old one.

        A word that stands on both sides of the cut ("the" in "the cat the dog") would else be taken for its rest.
        """
        before, after = fold(self.old[max(0, start - SEAM) : start]), fold(self.old[end : end + SEAM])
        if letters(before) < SEAM // 2 or letters(after) < SEAM // 2:
            return False
        here = fold(self.new[max(0, found.start - 2 * SEAM) : found.end + 2 * SEAM])
        return f"{before} {after}" in here or before + after in here

    def _answer(self, start: int, was: str, found: Found, replacement: str | None) -> Anchor:
        now = self.new[found.start : found.end]
        if replacement is not None and _reads_as(now, replacement, was):
            return Anchor(Status.fixed, found.start, found.end, 1.0)
        if now == was:
            return Anchor(Status.exact if found.start == start else Status.moved, found.start, found.end, 1.0)
        if fold(now) == fold(was) and (replacement is None or fold(replacement) != fold(was)):
            # The same to any reader: other quotation marks, another line break. Not for a suggestion about just that.
            return Anchor(Status.moved, found.start, found.end, SAME_BUT_SPELT)
        score = (2 * max(found.own, likeness(was, now)) + found.left.kept + found.right.kept) / 4
        return Anchor(Status.changed, found.start, found.end, score)

    def _elsewhere(self, start: int, end: int, replacement: str | None) -> Anchor:
        """Where the passage went among the words that came in."""
        if self._arrivals is None:
            self._arrivals = Arrivals(self._alignment)
        was = self.old[start:end]
        found = self._arrivals.verbatim(start, end) or [
            found
            for found in self._arrivals.find(start, end)
            if moved_whole(was, self.new[found.start : found.end], found)
        ]
        if not found:
            return REMOVED
        if len(found) > 1 and found[0].weight - found[1].weight < CLEARLY_BETTER:
            return AMBIGUOUS
        return self._answer(start, was, found[0], replacement)

    def _relocate_point(self, at: int, replacement: str | None) -> Anchor:
        """Where text was to be put in: beside the character that stood before it, else the one after."""
        blocks = self._alignment.around(at, at, NEIGHBOURHOOD)
        before = [b for b in blocks if b.old_start < at or b.old_end == at == 0][-1]
        after = next(b for b in blocks if b.old_end > at or b.old_start == at == len(self.old))
        if before == after:
            return _point(at, before.new_start + at - before.old_start)
        put_in = self.new[before.new_end : after.new_start]
        if replacement is not None and put_in.strip() and _reads_as(put_in, replacement, ""):
            return _fixed(self.new, before.new_end, after.new_start)
        if at == before.old_end:
            return _point(at, before.new_end)
        if at == after.old_start:
            return _point(at, after.new_start)
        if self.old[before.old_end : after.old_start].strip():
            return REMOVED
        return _point(at, min(after.new_start, before.new_end + at - before.old_end))


def _fixed(new: str, start: int, end: int) -> Anchor:
    """The stretch without the white space at its ends."""
    start = end - len(new[start:end].lstrip())
    return Anchor(Status.fixed, start, start + len(new[start:end].rstrip()), 1.0)


def _point(was: int, now: int) -> Anchor:
    return Anchor(Status.exact if was == now else Status.moved, now, now, 1.0)


def _reads_as(now: str, replacement: str, was: str) -> bool:
    """Whether a text is what a reader suggested; folded only where the suggestion is more than typography."""
    if now.strip() == replacement.strip():
        return True
    return fold(now) == fold(replacement) != fold(was)


def place(text: str, quote: Quote) -> Anchor:
    """Where a fresh quote stands in the text of the revision that the reader saw.

    The browser's offsets count when text and surroundings agree; else the quote with the best surroundings, in other
    characters too (folded), or what those surroundings enclose. A page changed by translation gives `unplaced`.
    """
    there = Occurrences(text, quote.exact, quote.prefix, quote.suffix)
    if quote.start is not None and text[quote.start : quote.start + len(quote.exact)] == quote.exact:
        given = there.at(quote.start, quote.start + len(quote.exact))
        if given.context >= SURELY:
            return Anchor(Status.exact, given.start, given.end, given.context)
    try:
        found = there.whole() or there.verbatim() or there.folded()
    except TooMany:
        return AMBIGUOUS
    if found:
        return _chosen(found, quote)
    enclosed = there.enclosed()
    return Anchor(Status.changed, enclosed.start, enclosed.end, enclosed.context) if enclosed else UNPLACED


def _chosen(found: list[Occurrence], quote: Quote) -> Anchor:
    best = found[0]
    rivals = [place for place in found if best.context - place.context < CLEAR_CONTEXT]
    if best.context < SOME_CONTEXT and (len(found) > 1 or letters(quote.exact) < TELLING_LETTERS):
        return UNPLACED
    if len(rivals) > 1:
        rivals = [place for place in rivals if place.start == quote.start]
        if not rivals:
            return AMBIGUOUS
    status = Status.exact if rivals[0].start == quote.start else Status.moved
    return Anchor(status, rivals[0].start, rivals[0].end, rivals[0].context)
