"""Visible changes: whether a reader would see the difference that a replacement makes in its place.

A browser's form may send a blank behind a word, a copy a soft hyphen or another composition of the same letters (NFC).
A word joined or split, a joiner (ZWJ, ZWNJ) and a no-break space are differences that can be seen.
"""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
BLANKS = re.compile(r"[ \t\f\r]+")
AROUND_BREAK = re.compile(r" ?\n ?")
BREAKS = re.compile(r"\n{3,}")
INVISIBLE = re.compile(rf"[ \t\f\r\n{SOFT_HYPHEN}]")


def is_visible_change(exact: str, replacement: str, *, prefix: str, suffix: str) -> bool:
    """Whether the text with the replacement differs from the text with the passage, once both are folded."""
    return fold(prefix + exact + suffix) != fold(prefix + replacement + suffix)


def differs_in_blanks_alone(exact: str, replacement: str) -> bool:
    """Whether it takes the words around to tell."""
    return _without_blanks(exact) == _without_blanks(replacement)


def fold(text: str) -> str:
    """NFC, without soft hyphens, runs of blanks as one, none at the edges of lines and of the whole."""
    composed = unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, "").replace("\r\n", "\n"))
    return BREAKS.sub("\n\n", AROUND_BREAK.sub("\n", BLANKS.sub(" ", composed))).strip(" \n")


def _without_blanks(text: str) -> str:
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))
