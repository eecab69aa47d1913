"""Looks for a passage that left its place among the words that came into the new text."""

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise

from corrections.anchoring.alignment import Alignment, Likeness
from corrections.anchoring.boundaries import Bounds
from corrections.anchoring.scoring import NOTHING, Found, Witness, letters
from corrections.anchoring.sequences import drop_weak_runs, word_runs
from corrections.anchoring.tokens import Tokens, inside_word, tokenise
from corrections.anchoring.word_matching import Block, join_runs

# The passage is looked for together with this many characters on each side: a moved word moves with its sentence.
CONTEXT = 64
# A pair of words that came in more often than this says nothing about the place.
MAX_PLACES = 32
# So many pairs of words are asked for a place, and it is looked at when one in MIN_SHARE speaks for it.
MAX_ASKED = 64
MIN_SHARE = 8
# A passage of so many letters is looked for word by word also where nothing around it came along.
TELLING_LETTERS = 12
# When more than this came in, the article was rewritten, and nothing is looked for.
MAX_ARRIVED = 150_000
# Places that get the most votes are compared closely.
CANDIDATES = 3
# Words that may have come in or gone between the passage and its neighbours.
SLACK = 8


class Arrivals:
    """The words of the new text that stand in no common stretch, indexed by pairs of neighbours."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self.words = Tokens([], [], [])
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        changed = [segment for segment in alignment.segments if segment.likeness is Likeness.DIFFERENT]
        if sum(segment.new_end - segment.new_start for segment in changed) > MAX_ARRIVED:
            return
        for index, segment in enumerate(alignment.segments):
            if segment.likeness is Likeness.DIFFERENT:
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

    def find(self, start: int, end: int) -> list[Found]:
        """Likely places of old[start:end], best first, none overlapping a better one."""
        old = self._alignment.old
        window = tokenise(old, *_whole_words(old, max(0, start - CONTEXT), min(len(old), end + CONTEXT)))
        votes, asked = self._votes(window)
        found: list[Found] = []
        for bucket, count in votes.most_common(CANDIDATES):
            if count * MIN_SHARE < asked:
                break
            candidate = self._compare(window, bucket * SLACK, start, end)
            if candidate.start < candidate.end and self._arrived(candidate):
                found.append(candidate)
        found.sort(key=lambda f: f.weight, reverse=True)
        return _apart(found)

    def verbatim(self, start: int, end: int) -> list[Found]:
        """The one unbroken copy that came in, for a passage long enough and without a twin in the old text."""
        old, new = self._alignment.old, self._alignment.new
        was = old[start:end]
        if letters(was) < TELLING_LETTERS or old.find(was) < start or old.find(was, start + 1) >= 0:
            return []
        at = new.find(was)
        if at < 0 or new.find(was, at + 1) >= 0 or inside_word(new, at) or inside_word(new, at + len(was)):
            return []
        found = Found(at, at + len(was), 1.0, NOTHING, NOTHING)
        return [found] if self._arrived(found) else []

    def _votes(self, window: Tokens) -> tuple[Counter[int], int]:
        """How many of the asked pairs of words speak for each stretch of arrivals; the rarest pairs are asked."""
        places = [self._places.get(pair, ()) for pair in pairwise(window.keys)]
        order = sorted((len(there), step) for step, there in enumerate(places) if 0 < len(there) <= MAX_PLACES)
        votes: Counter[int] = Counter()
        for _, step in order[:MAX_ASKED]:
            votes.update({(place - step) // SLACK for place in places[step]})
        return votes, min(len(places), MAX_ASKED)

    def _compare(self, window: Tokens, diagonal: int, start: int, end: int) -> Found:
        old, new = self._alignment.old, self._alignment.new
        low = max(0, diagonal - SLACK)
        high = min(len(self.words.keys), diagonal + len(window.keys) + 2 * SLACK)
        there = self.words.cut(low, high)
        runs = drop_weak_runs(window, there, word_runs(window.keys, there.keys))
        blocks = join_runs(old, new, window, there, runs)
        head, tail = min(start, window.starts[0]), max(end, window.ends[-1])
        if not there.keys:
            return Found(0, 0, 0.0, NOTHING, NOTHING)
        borders = Block(head, head, there.starts[0], there.starts[0]), Block(tail, tail, there.ends[-1], there.ends[-1])
        blocks = [borders[0], *blocks, borders[1]]
        return Witness(old, new, blocks, start, end).weigh(*Bounds(old, new, blocks, start, end, {}).find())

    def _arrived(self, found: Found) -> bool:
        """Whether at least half of the stretch came in: else it is the counterpart of some other old text."""
        first = bisect_left(self.words.ends, found.start + 1)
        size = 0
        while first < len(self.words.starts) and self.words.starts[first] < found.end:
            size += self.words.ends[first] - self.words.starts[first]
            first += 1
        return size * 2 >= len("".join(self._alignment.new[found.start : found.end].split()))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to whole words, by no more than CONTEXT on each side."""
    lowest, highest = start - CONTEXT, end + CONTEXT
    while start > lowest and inside_word(text, start):
        start -= 1
    while end < highest and inside_word(text, end):
        end += 1
    return start, end


def _apart(found: list[Found]) -> list[Found]:
    chosen: list[Found] = []
    for candidate in found:
        if all(candidate.end <= other.start or candidate.start >= other.end for other in chosen):
            chosen.append(candidate)
    return chosen
