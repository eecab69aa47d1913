"""Confusables (UTS 39): letters of another script that look alike, such as a Cyrillic U+0430 in a Latin word."""

import re
import unicodedata
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")
# μm, kΩ and Δt are no disguise, so of Greek only what could pass for Latin counts.
GREEK_DOUBLES = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυικχ")
CYRILLIC_DOUBLES = frozenset("асеорхуіјѕһԁӏԛԝАВСЕНКМОРТХУІЈЅ")


def new_look_alikes(exact: str, replacement: str) -> list[str]:
    """Letters that make a word one of two scripts, or give a whole word of the passage another script."""
    old = set(WORD.findall(exact))
    words = [word for word in dict.fromkeys(WORD.findall(replacement)) if word not in old]
    latin = {_script(c) for word in old for c in word} == {"LATIN"}
    found = (_fewer_letters(word) or (latin and _disguised(word)) or set() for word in words)
    return sorted(set().union(*found))


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    if name.startswith("GREEK") and character not in GREEK_DOUBLES:
        return ""
    return next((script for script in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(script)), "")


def _fewer_letters(word: str) -> set[str]:
    """The letters of all scripts but the one that most letters have; of equals Latin is the word's own."""
    counts = Counter(script for c in word if (script := _script(c)))
    if len(counts) < 2:
        return set()
    own = max(counts, key=lambda script: (counts[script], script == "LATIN"))
    return {c for c in word if _script(c) not in ("", own)}


def _disguised(word: str) -> set[str]:
    letters = set(word)
    return letters if len(word) > 1 and (letters <= CYRILLIC_DOUBLES or letters <= GREEK_DOUBLES) else set()
