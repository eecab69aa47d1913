"""Find a passage that was moved: search the inserted words with an index of word pairs (bigrams)."""

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise

from corrections.anchoring.alignment import Alignment, Similarity
from corrections.anchoring.boundaries import BoundaryFinder
from corrections.anchoring.scoring import NO_CONTEXT, Candidate, CandidateScorer, count_letters
from corrections.anchoring.sequences import drop_weak_runs, word_runs
from corrections.anchoring.tokens import Tokens, inside_word, tokenise
from corrections.anchoring.word_matching import MatchingBlock, blocks_of_runs

# Characters on each side that are searched together with the passage: a moved word moves with its sentence.
CONTEXT = 64
# Bigrams inserted more often than this are ignored as not distinctive.
MAX_PLACES = 32
# Number of bigrams that vote on a place; a candidate needs one in MIN_SHARE of them.
MAX_QUERIED = 64
MIN_SHARE = 8
# A passage of at least so many letters is also searched verbatim, without its context.
DISTINCTIVE_LETTERS = 12
# With more inserted text than this the article was rewritten, and no search is made.
MAX_INSERTED = 150_000
# The candidates with the most votes are compared in detail.
CANDIDATES = 3
# Words that may have been inserted or deleted between the passage and its context.
SLACK = 8


class InsertedWords:
    """The words of the new text outside all matching blocks, indexed by bigram."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self.words = Tokens([], [], [])
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        changed = [segment for segment in alignment.segments if segment.similarity is Similarity.DIFFERENT]
        if sum(segment.new_end - segment.new_start for segment in changed) > MAX_INSERTED:
            return
        for index, segment in enumerate(alignment.segments):
            if segment.similarity is Similarity.DIFFERENT:
                at = segment.new_start
                for block in alignment.blocks(index):
                    self._add(at, block.new_start)
                    at = block.new_end
                self._add(at, segment.new_end)

    def _add(self, start: int, end: int) -> None:
        if start >= end:
            return
        words = tokenise(self._alignment.new, start, end)
        base = len(self.words.keys)
        for step, pair in enumerate(pairwise(words.keys)):
            self._places[pair].append(base + step)
        self.words.keys.extend(words.keys)
        self.words.starts.extend(words.starts)
        self.words.ends.extend(words.ends)

    def find(self, start: int, end: int) -> list[Candidate]:
        """Candidates for old[start:end], best first, without overlaps."""
        old = self._alignment.old
        window = tokenise(old, *_whole_words(old, max(0, start - CONTEXT), min(len(old), end + CONTEXT)))
        votes, asked = self._votes(window)
        found: list[Candidate] = []
        for bucket, count in votes.most_common(CANDIDATES):
            if count * MIN_SHARE < asked:
                break
            candidate = self._compare(window, bucket * SLACK, start, end)
            if candidate.start < candidate.end and self._is_inserted(candidate):
                found.append(candidate)
        found.sort(key=lambda f: f.weight, reverse=True)
        return _without_overlaps(found)

    def verbatim(self, start: int, end: int) -> list[Candidate]:
        """The only verbatim copy, inserted, of a passage that is long enough and unique in the old text."""
        old, new = self._alignment.old, self._alignment.new
        was = old[start:end]
        if count_letters(was) < DISTINCTIVE_LETTERS or old.find(was) < start or old.find(was, start + 1) >= 0:
            return []
        at = new.find(was)
        if at < 0 or new.find(was, at + 1) >= 0 or inside_word(new, at) or inside_word(new, at + len(was)):
            return []
        found = Candidate(at, at + len(was), 1.0, NO_CONTEXT, NO_CONTEXT)
        return [found] if self._is_inserted(found) else []

    def _votes(self, window: Tokens) -> tuple[Counter[int], int]:
        """Votes of the rarest bigrams for each bucket of SLACK inserted words, and the number of voters."""
        places = [self._places.get(pair, ()) for pair in pairwise(window.keys)]
        order = sorted((len(there), step) for step, there in enumerate(places) if 0 < len(there) <= MAX_PLACES)
        votes: Counter[int] = Counter()
        for _, step in order[:MAX_QUERIED]:
            votes.update({(place - step) // SLACK for place in places[step]})
        return votes, min(len(places), MAX_QUERIED)

    def _compare(self, window: Tokens, diagonal: int, start: int, end: int) -> Candidate:
        old, new = self._alignment.old, self._alignment.new
        low = max(0, diagonal - SLACK)
        high = min(len(self.words.keys), diagonal + len(window.keys) + 2 * SLACK)
        there = self.words.cut(low, high)
        runs = drop_weak_runs(window, there, word_runs(window.keys, there.keys))
        blocks = blocks_of_runs(old, new, window, there, runs)
        head, tail = min(start, window.starts[0]), max(end, window.ends[-1])
        if not there.keys:
            return Candidate(0, 0, 0.0, NO_CONTEXT, NO_CONTEXT)
        borders = (
            MatchingBlock(head, head, there.starts[0], there.starts[0]),
            MatchingBlock(tail, tail, there.ends[-1], there.ends[-1]),
        )
        blocks = [borders[0], *blocks, borders[1]]
        return CandidateScorer(old, new, blocks, start, end).weigh(
            *BoundaryFinder(old, new, blocks, start, end, {}).find()
        )

    def _is_inserted(self, found: Candidate) -> bool:
        """Whether at least half of the candidate is inserted text; else it matches other old text."""
        first = bisect_left(self.words.ends, found.start + 1)
        size = 0
        while first < len(self.words.starts) and self.words.starts[first] < found.end:
            size += self.words.ends[first] - self.words.starts[first]
            first += 1
        return size * 2 >= len("".join(self._alignment.new[found.start : found.end].split()))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span extended to whole words, by at most CONTEXT on each side."""
    lowest, highest = start - CONTEXT, end + CONTEXT
    while start > lowest and inside_word(text, start):
        start -= 1
    while end < highest and inside_word(text, end):
        end += 1
    return start, end


def _without_overlaps(found: list[Candidate]) -> list[Candidate]:
    chosen: list[Candidate] = []
    for candidate in found:
        if all(candidate.end <= other.start or candidate.start >= other.end for other in chosen):
            chosen.append(candidate)
    return chosen
