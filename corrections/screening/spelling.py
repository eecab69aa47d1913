"""Whether a word list agrees that a change only puts misspelt words right."""

import gzip
import re
import unicodedata
from array import array
from bisect import bisect_left
from functools import cache
from importlib.metadata import distribution
from itertools import zip_longest

from msgpack import Unpacker
from rapidfuzz.distance import OSA

from newsroom.diffs.words import LETTER, Piece

# The languages written with spaces for which wordfreq has a large list, down to one word in 100 million. Its small
# lists end at one in a million, so that a good but rare word would pass for a misspelt one.
LANGUAGES = frozenset(
    ["ar", "bn", "ca", "cs", "de", "en", "es", "fi", "fr", "he", "it", "mk", "nb", "nl", "pl", "pt", "ru", "sv", "uk"]
)
UNMARKED = frozenset(["ar", "he"])  # vowel points are left out of these lists
MOST_WORDS = 3
# Zipf scale: the common logarithm of how often a word comes in a billion. "receive" has 4.85, "recieve" 2.75.
UNLISTED = 1.0  # where the lists end
KNOWN = 3.0  # one in a million; rarer words are no proof that the new spelling is right
# The lists were counted in the open web, misspellings included. Measured against Hunspell's dictionaries of five
# languages, about half of the rare words one letter from a common one are good words. So what a list has is called
# wrong only when it is long, a hundred times rarer and no other ending of the word, and where words have many endings
# only when letters are swapped or doubled: that makes another good word so seldom that thirty times rarer is enough.
LONG = 7
A_HUNDRED_TIMES = 2.0
THIRTY_TIMES = 1.5
FEW_ENDINGS = frozenset(["en"])
LEVELS = 1024  # more than the 900 hundredths that a list can hold
WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
DOUBLE = re.compile(r"(.)\1")


def confirms(changes: list[Piece], *, language: str) -> bool:
    """At most three words changed, nothing else did, and the list knows each of them only as it is now.

    A word with a capital or a digit is never confirmed: it may be a name, and lists know only the common ones.
    """
    base = language.lower().split("-")[0]
    pairs = _changed_words(changes)
    if base not in LANGUAGES or not pairs or len(pairs) > MOST_WORDS:
        return False
    return all(_is_plain(old + new) and _is_misspelling(old, new, base) for old, new in pairs)


def zipf(word: str, language: str) -> float:
    """How common the word is: "the" 7.7, "receive" 4.9, one in a million 3, and 1 when the list has it not."""
    table, key = _table(language), _key(_folded(word, language))
    place = bisect_left(table, key)
    if place == len(table) or table[place] // LEVELS != key // LEVELS:
        return UNLISTED
    return 9 - table[place] % LEVELS / 100


def _changed_words(changes: list[Piece]) -> list[tuple[str, str]]:
    """Words out and in, pair by pair; none when anything but words changed, or more words came than went."""
    texts = ("".join(p.text for p in changes if p.op in ("equal", op)) for op in ("delete", "insert"))
    old, new = texts
    if WORD.sub("", old) != WORD.sub("", new):
        return []
    pairs = list(zip_longest(WORD.findall(old), WORD.findall(new), fillvalue=""))
    return [(before, after) for before, after in pairs if before != after]


def _is_plain(text: str) -> bool:
    return not any(character.isupper() or character.isdigit() for character in text)


def _is_misspelling(old: str, new: str, language: str) -> bool:
    """One slip in a short word, two in a longer one, the first letter kept: else it is another word."""
    old, new = _without_common_article(old.replace("’", "'"), new.replace("’", "'"))
    slips = OSA.distance(old, new, score_cutoff=2)
    if old[:1] != new[:1] or slips > (1 if len(new) < 6 else 2):
        return False
    wrong, right = zipf(old, language), zipf(new, language)
    if right < KNOWN or wrong >= KNOWN:
        return False
    return wrong == UNLISTED or _is_listed_misspelling(old, new, right - wrong, language)


def _is_listed_misspelling(old: str, new: str, apart: float, language: str) -> bool:
    if min(len(old), len(new)) < LONG:
        return False
    if DOUBLE.sub(r"\1", old) == DOUBLE.sub(r"\1", new) or _is_swap(old, new):
        return apart >= THIRTY_TIMES
    return language in FEW_ENDINGS and old[-2:] == new[-2:] and apart >= A_HUNDRED_TIMES


def _is_swap(old: str, new: str) -> bool:
    return sorted(old) == sorted(new) and OSA.distance(old, new) == 1


def _without_common_article(old: str, new: str) -> tuple[str, str]:
    """The list has l'accueil and d'accueil under accueil."""
    (article, _, rest), (same, _, other) = old.partition("'"), new.partition("'")
    return (rest, other) if article == same and rest and other else (old, new)


def _folded(word: str, language: str) -> str:
    text = unicodedata.normalize("NFKC", word).casefold()
    if language not in UNMARKED:
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Mn" and c != "\N{ARABIC TATWEEL}")


def _key(word: str) -> int:
    # The upper 54 bits tell half a million words apart; the lower ten are kept for the level.
    return hash(word) // LEVELS * LEVELS


@cache
def _table(language: str) -> "array[int]":
    """Sorted keys, the level in their last ten bits.

    Made when first asked for, in 0.3 to 0.9 s; it then holds 2 to 6 MB for a language, where wordfreq's own
    dictionaries hold 24 to 113 MB in each process of the worker, and importing wordfreq takes another 0.3 s.
    """
    return array("q", sorted(_entries(language)))


def _entries(language: str) -> list[int]:
    entries: list[int] = []
    path = distribution("wordfreq").locate_file(f"wordfreq/data/large_{language}.msgpack.gz")
    with gzip.open(str(path)) as file:
        buckets = Unpacker(file)
        for level in range(-1, buckets.read_array_header() - 1):  # first comes a header
            bucket = buckets.unpack()
            if level >= 0:
                # Half a million words: a call of _key() for each would take half of the time.
                entries += [hash(word) // LEVELS * LEVELS + level for word in bucket]
    return entries
