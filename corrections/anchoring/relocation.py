"""Anchoring of a quote: `place` it in the revision that was read, `relocate` it in a later one."""

from dataclasses import dataclass
from enum import StrEnum

from corrections.anchoring.alignment import Alignment
from corrections.anchoring.boundaries import BoundaryFinder, PairCache
from corrections.anchoring.moves import DISTINCTIVE_LETTERS, InsertedWords
from corrections.anchoring.quote_search import Occurrence, QuoteSearch, TooManyOccurrences
from corrections.anchoring.scoring import (
    NEIGHBOURHOOD,
    NEIGHBOURS_KEPT,
    Candidate,
    CandidateScorer,
    count_letters,
    has_equal_neighbour,
    is_moved_passage,
    is_same_passage,
    similarity,
)
from corrections.anchoring.tokens import fold

# The best candidate must lead by this weight (of 4), else the passage is ambiguous.
MIN_LEAD = 0.4
# Characters on each side of a deleted passage that now join at the seam.
SEAM_LENGTH = 24
# Score of a passage that differs in typography only.
TYPOGRAPHY_SCORE = 0.95
# The browser's offsets are accepted from this context similarity: browsers count white space differently.
SURE_CONTEXT = 0.9
# Lead in context similarity (0 to 1) that decides among several occurrences. Below the second value the context counts
# for nothing, and only a long quote that occurs once is accepted.
CONTEXT_LEAD = 0.1
MIN_CONTEXT = 0.3


class Status(StrEnum):
    """State of an anchor; see the glossary in docs/architecture.md."""

    exact = "exact"
    moved = "moved"
    changed = "changed"
    fixed = "fixed"
    ambiguous = "ambiguous"
    removed = "removed"
    unplaced = "unplaced"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage from the reader's browser; offsets are code points of the field's canonical text."""

    field: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Position of a passage; `start` and `end` are None for ambiguous, removed and unplaced; `score` is 0 to 1."""

    status: Status
    start: int | None
    end: int | None
    score: float


REMOVED = Anchor(Status.removed, None, None, 0.0)
AMBIGUOUS = Anchor(Status.ambiguous, None, None, 0.0)
UNPLACED = Anchor(Status.unplaced, None, None, 0.0)


def relocate(old: str, new: str, start: int, end: int, replacement: str | None = None) -> Anchor:
    """The anchor of old[start:end] in `new`; `fixed` when it already reads as `replacement`."""
    return Relocation(old, new).relocate(start, end, replacement)


class Relocation:
    """One pair of revisions, aligned once for many passages."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._alignment = Alignment(old, new)
        self._inserted: InsertedWords | None = None
        self._pair_cache: PairCache = {}

    def relocate(self, start: int, end: int, replacement: str | None = None) -> Anchor:
        """The anchor of old[start:end] in the new text; an empty span is an insertion point.
        Raises ValueError for a span outside the old text.
        """
        if not 0 <= start <= end <= len(self.old):
            raise ValueError(f"no span of the old text: {start} to {end}")
        if start == end:
            return self._relocate_point(start, replacement)
        block = self._alignment.block_holding(start, end)
        if block and self._is_proven(start, end, start + block.new_start - block.old_start):
            shift = block.new_start - block.old_start
            return Anchor(Status.moved if shift else Status.exact, start + shift, end + shift, 1.0)
        return self._between_neighbours(start, end, replacement) or self._elsewhere(start, end, replacement)

    def _between_neighbours(self, start: int, end: int, replacement: str | None) -> Anchor | None:
        """The text between the passage's old neighbours, if it still is the passage."""
        blocks = self._alignment.around(start, end, NEIGHBOURHOOD)
        bounds = BoundaryFinder(self.old, self.new, blocks, start, end, self._pair_cache)
        found = CandidateScorer(self.old, self.new, blocks, start, end).weigh(
            *self._unbroken(start, end, *bounds.find())
        )
        was, now = self.old[start:end], self.new[found.start : found.end]
        cut_out = now != was and self._cut_out(start, end, found)
        if replacement is not None and min(found.left.kept_share, found.right.kept_share) >= NEIGHBOURS_KEPT:
            for low, high in ((found.start, found.end), bounds.room()):
                if _reads_as(self.new[low:high], replacement, was) or (cut_out and not replacement):
                    return _fixed(self.new, low, high if not cut_out else low)
        if not now or cut_out or not is_same_passage(was, now, found):
            return None
        if now == was and not self._is_proven(start, end, found.start):
            return None
        return self._answer(start, was, found, replacement)

    def _is_proven(self, start: int, end: int, new_start: int) -> bool:
        """Whether an equal copy is the passage: it is long, or a word beside it is the same on that side."""
        if count_letters(self.old[start:end]) >= DISTINCTIVE_LETTERS:
            return True
        return has_equal_neighbour(self.old, start, end, self.new, new_start, new_start + end - start)

    def _unbroken(self, start: int, end: int, new_start: int, new_end: int) -> tuple[int, int]:
        """Prefer a verbatim copy that overlaps the span which word matching found."""
        was, size = self.old[start:end], end - start
        if was in self.new[new_start:new_end] or count_letters(was) < DISTINCTIVE_LETTERS:
            return new_start, new_end
        at = self.new.find(was, max(0, new_start - size + 1), new_end + size - 1)
        if at < 0 or self.old.count(was, max(0, start - 2 * size), end + 2 * size) > 1:
            return new_start, new_end
        return at, at + size

    def _cut_out(self, start: int, end: int, found: Candidate) -> bool:
        """Whether exactly this passage was deleted: the text before and after it is now adjacent.

        Else a word on both sides of the deletion ("the" in "the cat the dog") would count as its rest.
        """
        before, after = fold(self.old[max(0, start - SEAM_LENGTH) : start]), fold(self.old[end : end + SEAM_LENGTH])
        if count_letters(before) < SEAM_LENGTH // 2 or count_letters(after) < SEAM_LENGTH // 2:
            return False
        here = fold(self.new[max(0, found.start - 2 * SEAM_LENGTH) : found.end + 2 * SEAM_LENGTH])
        return f"{before} {after}" in here or before + after in here

    def _answer(self, start: int, was: str, found: Candidate, replacement: str | None) -> Anchor:
        now = self.new[found.start : found.end]
        if replacement is not None and _reads_as(now, replacement, was):
            return Anchor(Status.fixed, found.start, found.end, 1.0)
        if now == was:
            return Anchor(Status.exact if found.start == start else Status.moved, found.start, found.end, 1.0)
        if fold(now) == fold(was) and (replacement is None or fold(replacement) != fold(was)):
            # Differs in typography only (quotation marks, line breaks), unless the suggestion is about just that.
            return Anchor(Status.moved, found.start, found.end, TYPOGRAPHY_SCORE)
        score = (2 * max(found.own, similarity(was, now)) + found.left.kept_share + found.right.kept_share) / 4
        return Anchor(Status.changed, found.start, found.end, score)

    def _elsewhere(self, start: int, end: int, replacement: str | None) -> Anchor:
        """The passage among the inserted words, if it was moved."""
        if self._inserted is None:
            self._inserted = InsertedWords(self._alignment)
        was = self.old[start:end]
        found = self._inserted.verbatim(start, end) or [
            found
            for found in self._inserted.find(start, end)
            if is_moved_passage(was, self.new[found.start : found.end], found)
        ]
        if not found:
            return REMOVED
        if len(found) > 1 and found[0].weight - found[1].weight < MIN_LEAD:
            return AMBIGUOUS
        return self._answer(start, was, found[0], replacement)

    def _relocate_point(self, at: int, replacement: str | None) -> Anchor:
        """Relocate an insertion point: after the character before it, else before the one after it."""
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
    """The span without surrounding white space."""
    start = end - len(new[start:end].lstrip())
    return Anchor(Status.fixed, start, start + len(new[start:end].rstrip()), 1.0)


def _point(was: int, now: int) -> Anchor:
    return Anchor(Status.exact if was == now else Status.moved, now, now, 1.0)


def _reads_as(now: str, replacement: str, was: str) -> bool:
    """Whether a text equals the suggestion; folded, unless the suggestion is about typography only."""
    if now.strip() == replacement.strip():
        return True
    return fold(now) == fold(replacement) != fold(was)


def place(text: str, quote: Quote) -> Anchor:
    """The anchor of a new quote in the revision that the reader saw.

    Uses the browser's offsets when text and context match; else the occurrence with the best context, also a folded
    one, or the text between prefix and suffix. A page translated by the browser gives `unplaced`.
    """
    there = QuoteSearch(text, quote.exact, quote.prefix, quote.suffix)
    if quote.start is not None and text[quote.start : quote.start + len(quote.exact)] == quote.exact:
        given = there.at(quote.start, quote.start + len(quote.exact))
        if given.context >= SURE_CONTEXT:
            return Anchor(Status.exact, given.start, given.end, given.context)
    try:
        found = there.whole() or there.verbatim() or there.folded()
    except TooManyOccurrences:
        return AMBIGUOUS
    if found:
        return _choose(found, quote)
    enclosed = there.enclosed()
    return Anchor(Status.changed, enclosed.start, enclosed.end, enclosed.context) if enclosed else UNPLACED


def _choose(found: list[Occurrence], quote: Quote) -> Anchor:
    best = found[0]
    rivals = [place for place in found if best.context - place.context < CONTEXT_LEAD]
    if best.context < MIN_CONTEXT and (len(found) > 1 or count_letters(quote.exact) < DISTINCTIVE_LETTERS):
        return UNPLACED
    if len(rivals) > 1:
        rivals = [place for place in rivals if place.start == quote.start]
        if not rivals:
            return AMBIGUOUS
    status = Status.exact if rivals[0].start == quote.start else Status.moved
    return Anchor(status, rivals[0].start, rivals[0].end, rivals[0].context)
