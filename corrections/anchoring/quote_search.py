"""Finds a quote in the very text it was taken from, by its words and by what stands around it."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from corrections.anchoring.tokens import Tokens, fold, tokenise

# A quote of one letter stands everywhere; past so many places only the exact surroundings can tell.
MAX_OCCURRENCES = 400
# Without the quote itself, its surroundings may enclose text at most so many times its length, and this much alike.
MAX_GROWTH = 2
ENCLOSED_ALIKE = 0.6


class TooMany(Exception):
    """The quote stands in more places than can be told apart."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a quote and how much its surroundings agree with those the reader's browser sent, 0 to 1."""

    start: int
    end: int
    context: float


class Occurrences:
    """The places in one text where one quote may stand."""

    def __init__(self, text: str, exact: str, prefix: str, suffix: str) -> None:
        self._text = text
        self._exact = exact
        self._prefix = prefix
        self._suffix = suffix

    def at(self, start: int, end: int) -> Occurrence:
        """The given place, with the agreement of its surroundings."""
        before = self._text[max(0, start - len(self._prefix)) : start]
        after = self._text[end : end + len(self._suffix)]
        return Occurrence(start, end, (_agreement(before, self._prefix) + _agreement(after, self._suffix)) / 2)

    def whole(self) -> list[Occurrence]:
        """The places of prefix, quote and suffix in one piece."""
        shift, size = len(self._prefix), len(self._exact)
        places = _places(self._text, self._prefix + self._exact + self._suffix)
        return [Occurrence(place + shift, place + shift + size, 1.0) for place in places]

    def verbatim(self) -> list[Occurrence]:
        """The places of the quote, best surroundings first."""
        places = _places(self._text, self._exact)
        return self._ranked([(place, place + len(self._exact)) for place in places])

    def folded(self) -> list[Occurrence]:
        """The places that read the same in other characters: quotes, dashes, spaces, soft hyphens, composed accents."""
        words = _without_breaks(tokenise(self._text, 0, len(self._text)))
        wanted = _without_breaks(tokenise(self._exact, 0, len(self._exact)))
        return self._ranked([(words.starts[i], words.ends[j - 1]) for i, j in _sequences(words.keys, wanted.keys)])

    def enclosed(self) -> Occurrence | None:
        """The stretch between prefix and suffix that is much like the quote."""
        first = self._text.find(self._prefix)
        if not self._prefix or not self._suffix or first < 0 or self._text.find(self._prefix, first + 1) >= 0:
            return None
        start = first + len(self._prefix)
        end = self._text.find(self._suffix, start, start + len(self._exact) * MAX_GROWTH + len(self._suffix))
        alike = Indel.normalized_similarity(self._text[start:end], self._exact)
        return Occurrence(start, end, alike) if end > start and alike >= ENCLOSED_ALIKE else None

    def _ranked(self, spans: list[tuple[int, int]]) -> list[Occurrence]:
        found = [self.at(*span) for span in spans]
        return sorted(found, key=lambda occurrence: occurrence.context, reverse=True)


def _agreement(there: str, sent: str) -> float:
    """How alike two surroundings are; where the browser sent none, only the border of the text agrees."""
    if there == sent:
        return 1.0
    return Indel.normalized_similarity(fold(there), fold(sent))


def _places(text: str, wanted: str) -> list[int]:
    places: list[int] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        if len(places) > MAX_OCCURRENCES:
            raise TooMany
        at = text.find(wanted, at + 1)
    return places


def _without_breaks(words: Tokens) -> Tokens:
    """The words alone: a browser gives a selection over two paragraphs its own kind of break."""
    chosen = [index for index, key in enumerate(words.keys) if key != "\n"]
    keys = [words.keys[index] for index in chosen]
    return Tokens(keys, [words.starts[index] for index in chosen], [words.ends[index] for index in chosen])


def _sequences(keys: list[str], wanted: list[str]) -> list[tuple[int, int]]:
    """Where `wanted` stands in `keys`, as ranges of indexes; no key holds a line feed.

    Looked for as one text: str.find stays linear where a list would be compared anew at each of many equal words.
    """
    if not wanted:
        return []
    whole, part = _lined(keys), _lined(wanted)
    found: list[tuple[int, int]] = []
    index = counted = 0
    for place in _places(whole, part):
        index += whole.count("\n", counted, place)
        counted = place
        found.append((index, index + len(wanted)))
    return found


def _lined(keys: list[str]) -> str:
    return "\n" + "\n".join(keys) + "\n"
