"""Fingerprints of a sentence: a few hashes that it shares with nearly equal ones, wherever they differ.

The smallest hashes of its pairs of neighbouring words (a bottom-k sketch, after Broder 1997): of two sentences that
share most pairs, the smallest are most likely the same.
"""

import re
from hashlib import blake2b
from heapq import nsmallest
from itertools import pairwise
from unicodedata import normalize

from newsroom.diffs.words import CJK

WORD = re.compile(rf"[{CJK}]|[^\W\d_{CJK}]+(?:['’][^\W\d_{CJK}]+)*|\d+(?:[.,:٫٬]\d+)*")
CJK_WORD = re.compile(f"[{CJK}]")
SKETCH = 5  # hashes of a sentence
LONG = 4  # letters: shorter words join no pair while there are enough longer ones, since "of the" tells nothing
LEAST = 3  # words that tell something; a shorter sentence has no fingerprint
ENOUGH = 5
BITS = 63  # a signed column of eight bytes


def words_of(sentence: str) -> list[str]:
    """Case-folded; any number as "0", since a number is what mostly differs."""
    return ["0" if word[0].isdecimal() else word for word in WORD.findall(normalize("NFC", sentence).casefold())]


def fingerprints(sentence: str) -> list[int]:
    """At most SKETCH different hashes; none for a sentence of two words."""
    words = words_of(sentence)
    telling = [word for word in words if len(word) >= LONG or word == "0" or CJK_WORD.fullmatch(word)]
    chosen = telling if len(telling) >= ENOUGH else words
    if len(chosen) < LEAST:
        return []
    return nsmallest(SKETCH, {_hash(*pair) for pair in pairwise(chosen)})


def _hash(one: str, other: str) -> int:
    digest = blake2b(f"{one} {other}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> (64 - BITS)
