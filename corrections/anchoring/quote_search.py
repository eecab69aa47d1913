"""Find a quote in the revision that it was selected from, by its text and its context (prefix and suffix)."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from corrections.anchoring.tokens import Tokens, fold, tokenise

# With more occurrences than this, as of a single letter, only an exact context decides.
MAX_OCCURRENCES = 400
# Text between prefix and suffix counts as the quote up to this multiple of its length, and from this similarity.
MAX_GROWTH = 2
ENCLOSED_SIMILARITY = 0.6


class TooManyOccurrences(Exception):
    """The quote has more occurrences than MAX_OCCURRENCES."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence of a quote; `context` is the similarity of its prefix and suffix, 0 to 1."""

    start: int
    end: int
    context: float


class QuoteSearch:
    """Occurrences of one quote in one text, by four methods from strict to lenient."""

    def __init__(self, text: str, exact: str, prefix: str, suffix: str) -> None:
        self._text = text
        self._exact = exact
        self._prefix = prefix
        self._suffix = suffix

    def at(self, start: int, end: int) -> Occurrence:
        """The given span with the similarity of its context."""
        before = self._text[max(0, start - len(self._prefix)) : start]
        after = self._text[end : end + len(self._suffix)]
        return Occurrence(
            start, end, (_context_similarity(before, self._prefix) + _context_similarity(after, self._suffix)) / 2
        )

    def whole(self) -> list[Occurrence]:
        """Occurrences of prefix, quote and suffix together."""
        shift, size = len(self._prefix), len(self._exact)
        places = _find_all(self._text, self._prefix + self._exact + self._suffix)
        return [Occurrence(place + shift, place + shift + size, 1.0) for place in places]

    def verbatim(self) -> list[Occurrence]:
        """Occurrences of the quote, best context first."""
        places = _find_all(self._text, self._exact)
        return self._ranked([(place, place + len(self._exact)) for place in places])

    def folded(self) -> list[Occurrence]:
        """Occurrences after folding: quotation marks, dashes, spaces, soft hyphens, composed accents."""
        words = _words_only(tokenise(self._text, 0, len(self._text)))
        wanted = _words_only(tokenise(self._exact, 0, len(self._exact)))
        return self._ranked([(words.starts[i], words.ends[j - 1]) for i, j in _find_sequence(words.keys, wanted.keys)])

    def enclosed(self) -> Occurrence | None:
        """Similar text between a unique prefix and the suffix."""
        first = self._text.find(self._prefix)
        if not self._prefix or not self._suffix or first < 0 or self._text.find(self._prefix, first + 1) >= 0:
            return None
        start = first + len(self._prefix)
        end = self._text.find(self._suffix, start, start + len(self._exact) * MAX_GROWTH + len(self._suffix))
        alike = Indel.normalized_similarity(self._text[start:end], self._exact)
        return Occurrence(start, end, alike) if end > start and alike >= ENCLOSED_SIMILARITY else None

    def _ranked(self, spans: list[tuple[int, int]]) -> list[Occurrence]:
        found = [self.at(*span) for span in spans]
        return sorted(found, key=lambda occurrence: occurrence.context, reverse=True)


def _context_similarity(there: str, sent: str) -> float:
    """Similarity of two contexts, 0 to 1; an empty one matches only at the end of the text."""
    if there == sent:
        return 1.0
    return Indel.normalized_similarity(fold(there), fold(sent))


def _find_all(text: str, wanted: str) -> list[int]:
    places: list[int] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        if len(places) > MAX_OCCURRENCES:
            raise TooManyOccurrences
        at = text.find(wanted, at + 1)
    return places


def _words_only(words: Tokens) -> Tokens:
    """Without paragraph breaks, since browsers differ in those of a selection."""
    if "\n" not in words.keys:
        return words
    chosen = [index for index, key in enumerate(words.keys) if key != "\n"]
    keys = [words.keys[index] for index in chosen]
    return Tokens(keys, [words.starts[index] for index in chosen], [words.ends[index] for index in chosen])


def _find_sequence(keys: list[str], wanted: list[str]) -> list[tuple[int, int]]:
    """Index ranges of `wanted` in `keys`; no key may contain a line feed.

    Searched as one string: str.find stays linear, where comparing lists is quadratic for repeated words.
    """
    if not wanted:
        return []
    whole, part = _as_lines(keys), _as_lines(wanted)
    found: list[tuple[int, int]] = []
    index = counted = 0
    for place in _find_all(whole, part):
        index += whole.count("\n", counted, place)
        counted = place
        found.append((index, index + len(wanted)))
    return found


def _as_lines(keys: list[str]) -> str:
    return "\n" + "\n".join(keys) + "\n"
