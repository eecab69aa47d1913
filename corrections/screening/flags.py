"""Flags: pure checks for what is risky about a suggestion. They never change a word, and refuse nothing."""

from enum import StrEnum
from html import escape

from corrections.screening import spelling
from corrections.screening.confusables import new_look_alikes
from corrections.screening.hidden_characters import name_of, new_invisible
from corrections.screening.promotion import addresses, looks_like_advertising
from newsroom.diffs.significance import touched
from newsroom.diffs.words import Piece, word_diff
from newsroom.text.canonical import Wording

# Code points taken out and put in, in whole words, beyond which an edit is larger than its category says.
CLAIMS = {
    "typo": 120,  # some eight words out and eight in: a clause put right
    "name": 120,  # a full name with a title
    "link": 400,  # an address may be long
    "fact": 600,  # two sentences rewritten
    "clarity": 1000,  # a paragraph
    "other": 1000,
}


class Flag(StrEnum):
    """What an editor should know before publishing."""

    NUMBER = "number"
    NAME = "name"
    LINK = "link"
    QUOTATION = "quotation"
    NEGATION = "negation"
    LARGE = "large"
    HIDDEN = "hidden"
    MIXED_SCRIPTS = "mixed_scripts"
    ADVERTISING = "advertising"
    AUTOMATIC = "automatic"
    SPELLING = "spelling"


WARNINGS = frozenset(Flag) - {Flag.SPELLING}  # a word list that agrees with the reader is no reason to hesitate


def flags_of(
    exact: str, replacement: str | None, *, prefix: str, suffix: str, category: str, language: str, note: str = ""
) -> list[Flag]:
    """What is risky about putting `replacement` in the place of `exact`, and whether a word list agrees with it.

    The words before and behind tell whether a capital letter begins a sentence or a name.
    """
    flags: list[Flag] = []
    if replacement is not None:
        before, after = prefix + exact + suffix, prefix + replacement + suffix
        changes = word_diff(before, after)
        flags += _meaning_flags(before, after, language=language)
        if _size(changes) > CLAIMS.get(category, CLAIMS["other"]):
            flags.append(Flag.LARGE)
        if new_invisible(exact, replacement):
            flags.append(Flag.HIDDEN)
        if new_look_alikes(exact, replacement):
            flags.append(Flag.MIXED_SCRIPTS)
        if category != "name" and spelling.confirms(changes, language=language):
            flags.append(Flag.SPELLING)
    if looks_like_advertising(exact, replacement, note=note, category=category):
        flags.append(Flag.ADVERTISING)
    return flags


def code_points_of(exact: str, replacement: str) -> list[str]:
    """What HIDDEN and MIXED_SCRIPTS are about, named as in "U+200D ZERO WIDTH JOINER"."""
    return [name_of(c) for c in [*new_invisible(exact, replacement), *new_look_alikes(exact, replacement)]]


def _meaning_flags(before: str, after: str, *, language: str) -> list[Flag]:
    touches = {Flag(touch.value) for touch in touched(_as_wording(before), _as_wording(after), language=language)}
    if addresses(before) != addresses(after):  # in the text itself, where nothing is marked up as a link
        touches.add(Flag.LINK)
    return sorted(touches)


def _size(changes: list[Piece]) -> int:
    return sum(len(piece.text) for piece in changes if piece.op != "equal")


def _as_wording(text: str) -> Wording:
    return Wording(headline="", standfirst="", byline="", body=f"<p>{escape(text, quote=False)}</p>")
