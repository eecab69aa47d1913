"""Confusables (UTS 39): letters of another script that look alike, such as a Cyrillic U+0430 in a Latin word."""

import re
import unicodedata
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")
# Only Greek letters that resemble Latin ones: μm, kΩ and Δt are legitimate.
GREEK_CONFUSABLES = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυικχ")
CYRILLIC_CONFUSABLES = frozenset("асеорхуіјѕһԁӏԛԝАВСЕНКМОРТХУІЈЅ")


def new_confusables(exact: str, replacement: str) -> list[str]:
    """New mixed-script words, and whole words in another script than the passage's."""
    old = set(WORD.findall(exact))
    words = [word for word in dict.fromkeys(WORD.findall(replacement)) if word not in old]
    latin = {_script(c) for word in old for c in word} == {"LATIN"}
    found = (_minority_script_letters(word) or (latin and _whole_script_confusables(word)) or set() for word in words)
    return sorted(set().union(*found))


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    if name.startswith("GREEK") and character not in GREEK_CONFUSABLES:
        return ""
    return next((script for script in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(script)), "")


def _minority_script_letters(word: str) -> set[str]:
    """The letters outside the word's majority script; Latin wins a tie."""
    counts = Counter(script for c in word if (script := _script(c)))
    if len(counts) < 2:
        return set()
    own = max(counts, key=lambda script: (counts[script], script == "LATIN"))
    return {c for c in word if _script(c) not in ("", own)}


def _whole_script_confusables(word: str) -> set[str]:
    letters = set(word)
    return letters if len(word) > 1 and (letters <= CYRILLIC_CONFUSABLES or letters <= GREEK_CONFUSABLES) else set()
