"""Spelling check by word frequency: whether a change only corrects misspelt words."""

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

# Space-separated languages with a large wordfreq list (down to one word in 100 million). The small lists end at one in
# a million, so that rare correct words would count as misspelt.
LANGUAGES = frozenset(
    ["ar", "bn", "ca", "cs", "de", "en", "es", "fi", "fr", "he", "it", "mk", "nb", "nl", "pl", "pt", "ru", "sv", "uk"]
)
WITHOUT_VOWEL_POINTS = frozenset(["ar", "he"])  # as in their word lists
MAX_WORDS = 3
# Zipf scale: log10 of the frequency per billion words. "receive" has 4.85, "recieve" 2.75.
UNLISTED_ZIPF = 1.0  # the end of the lists
COMMON_ZIPF = 3.0  # one in a million; rarer words do not confirm the new spelling
# The lists come from the web and include misspellings. Measured against Hunspell's dictionaries of five languages,
# about half of the rare words at one letter's distance from a common word are correct. So a listed word counts as
# misspelt only when it is long, a hundred times rarer, and no other inflection; in languages with many inflections only
# when letters are swapped or doubled, which seldom makes another correct word, so that thirty times rarer is enough.
MIN_LISTED_LENGTH = 7
HUNDREDFOLD = 2.0
THIRTYFOLD = 1.5
FEW_ENDINGS = frozenset(["en"])
LEVELS = 1024  # more than the 900 frequency levels of a list
WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
DOUBLE = re.compile(r"(.)\1")


def confirms_correction(changes: list[Piece], *, language: str) -> bool:
    """At most three words changed and nothing else, and the list has each only in its new spelling.

    Words with a capital or a digit are never confirmed: they may be names.
    """
    base = language.lower().split("-")[0]
    pairs = _changed_words(changes)
    if base not in LANGUAGES or not pairs or len(pairs) > MAX_WORDS:
        return False
    return all(_is_plain(old + new) and _is_misspelling(old, new, base) for old, new in pairs)


def zipf(word: str, language: str) -> float:
    """Frequency on the Zipf scale: "the" 7.7, "receive" 4.9, one in a million 3; 1 for unlisted words."""
    table, key = _table(language), _key(_folded(word, language))
    place = bisect_left(table, key)
    if place == len(table) or table[place] // LEVELS != key // LEVELS:
        return UNLISTED_ZIPF
    return 9 - table[place] % LEVELS / 100


def _changed_words(changes: list[Piece]) -> list[tuple[str, str]]:
    """Pairs of old and new words; empty when anything but words changed, or the number of words grew."""
    texts = ("".join(p.text for p in changes if p.op in ("equal", op)) for op in ("delete", "insert"))
    old, new = texts
    if WORD.sub("", old) != WORD.sub("", new):
        return []
    pairs = list(zip_longest(WORD.findall(old), WORD.findall(new), fillvalue=""))
    return [(before, after) for before, after in pairs if before != after]


def _is_plain(text: str) -> bool:
    return not any(character.isupper() or character.isdigit() for character in text)


def _is_misspelling(old: str, new: str, language: str) -> bool:
    """Edit distance 1 (2 from six letters on) with the same first letter; else it is another word."""
    old, new = _without_common_article(old.replace("’", "'"), new.replace("’", "'"))
    slips = OSA.distance(old, new, score_cutoff=2)
    if old[:1] != new[:1] or slips > (1 if len(new) < 6 else 2):
        return False
    wrong, right = zipf(old, language), zipf(new, language)
    if right < COMMON_ZIPF or wrong >= COMMON_ZIPF:
        return False
    return wrong == UNLISTED_ZIPF or _is_listed_misspelling(old, new, right - wrong, language)


def _is_listed_misspelling(old: str, new: str, apart: float, language: str) -> bool:
    if min(len(old), len(new)) < MIN_LISTED_LENGTH:
        return False
    if DOUBLE.sub(r"\1", old) == DOUBLE.sub(r"\1", new) or _is_swap(old, new):
        return apart >= THIRTYFOLD
    return language in FEW_ENDINGS and old[-2:] == new[-2:] and apart >= HUNDREDFOLD


def _is_swap(old: str, new: str) -> bool:
    return sorted(old) == sorted(new) and OSA.distance(old, new) == 1


def _without_common_article(old: str, new: str) -> tuple[str, str]:
    """Strip elided articles: the list has l'accueil and d'accueil as accueil."""
    (article, _, rest), (same, _, other) = old.partition("'"), new.partition("'")
    return (rest, other) if article == same and rest and other else (old, new)


def _folded(word: str, language: str) -> str:
    text = unicodedata.normalize("NFKC", word).casefold()
    if language not in WITHOUT_VOWEL_POINTS:
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Mn" and c != "\N{ARABIC TATWEEL}")


def _key(word: str) -> int:
    # 54 bits of hash distinguish half a million words; the lower ten bits are for the level.
    return hash(word) // LEVELS * LEVELS


@cache
def _table(language: str) -> "array[int]":
    """Sorted hashes with the level in the lower ten bits.

    Built on first use in 0.3 to 0.9 s. Takes 2 to 6 MB per language and worker process, where wordfreq's own
    dictionaries take 24 to 113 MB, and another 0.3 s to import.
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
                # Inlined _key(): half a million calls would double the time.
                entries += [hash(word) // LEVELS * LEVELS + level for word in bucket]
    return entries
