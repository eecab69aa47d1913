"""Risk flags of a suggestion, shown to editors. Flags never block or change a suggestion."""

from enum import StrEnum
from html import escape

from corrections.screening import spelling
from corrections.screening.advertising import find_addresses, looks_like_advertising
from corrections.screening.confusables import new_confusables
from corrections.screening.hidden_characters import name_of, new_invisible
from newsroom.diffs.significance import significant_changes
from newsroom.diffs.words import Piece, word_diff
from newsroom.text.canonical import Wording

# Maximum edit size by category, in code points of deleted plus inserted whole words; larger edits are flagged LARGE.
MAX_EDIT_SIZES = {
    "typo": 120,  # some eight words out and eight in: a clause put right
    "name": 120,  # a full name with a title
    "link": 400,  # an address may be long
    "fact": 600,  # two sentences rewritten
    "clarity": 1000,  # a paragraph
    "other": 1000,
}


class Flag(StrEnum):
    """What an editor should check before publishing."""

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


WARNINGS = frozenset(Flag) - {Flag.SPELLING}  # SPELLING confirms the suggestion


def find_flags(
    exact: str, replacement: str | None, *, prefix: str, suffix: str, category: str, language: str, note: str = ""
) -> list[Flag]:
    """The flags of replacing `exact` by `replacement`.

    `prefix` and `suffix` tell whether a capital letter begins a sentence or a name.
    """
    flags: list[Flag] = []
    if replacement is not None:
        before, after = prefix + exact + suffix, prefix + replacement + suffix
        changes = word_diff(before, after)
        flags += _meaning_flags(before, after, language=language)
        if _size(changes) > MAX_EDIT_SIZES.get(category, MAX_EDIT_SIZES["other"]):
            flags.append(Flag.LARGE)
        if new_invisible(exact, replacement):
            flags.append(Flag.HIDDEN)
        if new_confusables(exact, replacement):
            flags.append(Flag.MIXED_SCRIPTS)
        if category != "name" and spelling.confirms_correction(changes, language=language):
            flags.append(Flag.SPELLING)
    if looks_like_advertising(exact, replacement, note=note, category=category):
        flags.append(Flag.ADVERTISING)
    return flags


def describe_code_points(exact: str, replacement: str) -> list[str]:
    """The characters behind HIDDEN and MIXED_SCRIPTS, as in "U+200D ZERO WIDTH JOINER"."""
    return [name_of(c) for c in [*new_invisible(exact, replacement), *new_confusables(exact, replacement)]]


def _meaning_flags(before: str, after: str, *, language: str) -> list[Flag]:
    found = {
        Flag(change.value) for change in significant_changes(_as_wording(before), _as_wording(after), language=language)
    }
    if find_addresses(before) != find_addresses(after):  # in plain text, without link markup
        found.add(Flag.LINK)
    return sorted(found)


def _size(changes: list[Piece]) -> int:
    return sum(len(piece.text) for piece in changes if piece.op != "equal")


def _as_wording(text: str) -> Wording:
    return Wording(headline="", standfirst="", byline="", body=f"<p>{escape(text, quote=False)}</p>")
