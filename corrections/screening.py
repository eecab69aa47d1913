"""What is risky about a suggestion: pure checks that refuse or flag, and never change a word."""

import unicodedata
from enum import StrEnum
from html import escape

from newsroom.meaning import touched
from newsroom.text import Wording

# Bidirectional overrides and isolates, tag characters and the rest of what a reader cannot see but a page obeys.
# Zero-width joiners (U+200C, U+200D) are spelling in Persian and Hindi and inside emoji, so they pass.
HIDDEN = frozenset(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080), 0x200B, 0x2060, 0xFEFF, 0x061C]
)
MUCH_LARGER = 200  # code points changed beyond which a "typing error" deserves a second look


class Flag(StrEnum):
    """What an editor should look at before publishing."""

    NUMBER = "number"
    NAME = "name"
    LINK = "link"
    QUOTATION = "quotation"
    NEGATION = "negation"
    LARGE = "large"
    MIXED_SCRIPTS = "mixed_scripts"
    AUTOMATIC = "automatic"


class HiddenCharacters(Exception):
    """A text carries control, bidirectional or tag characters; `code_points` names them as U+XXXX."""

    def __init__(self, code_points: list[str]) -> None:
        super().__init__(", ".join(code_points))
        self.code_points = code_points


def refuse_hidden_characters(text: str, *, known: str = "") -> None:
    """Raises HiddenCharacters for what is new in `text` against `known`, the passage that it replaces.

    Line feeds and tabs pass. Emoji of flags are written with tag characters behind U+1F3F4, so these pass there.
    """
    allowed = set(known)
    found = {c for i, c in enumerate(text) if c not in allowed and _is_hidden(c) and not _in_flag(text, i)}
    if found:
        raise HiddenCharacters([f"U+{ord(character):04X}" for character in sorted(found)])


def flags_of(
    exact: str, replacement: str | None, *, prefix: str, suffix: str, category: str, language: str
) -> list[Flag]:
    """What is risky about putting `replacement` in the place of `exact`.

    The words before and behind tell whether a capital letter begins a sentence or a name.
    """
    if replacement is None:
        return []
    old, new = (_as_wording(prefix + text + suffix) for text in (exact, replacement))
    flags = [Flag(touch.value) for touch in sorted(touched(old, new, language=language))]
    if category == "typo" and abs(len(replacement) - len(exact)) > MUCH_LARGER:
        flags.append(Flag.LARGE)
    if _mixed_words(replacement) - _mixed_words(exact):
        flags.append(Flag.MIXED_SCRIPTS)
    return flags


def _is_hidden(character: str) -> bool:
    if character in "\n\t":
        return False
    return ord(character) in HIDDEN or unicodedata.category(character) in ("Cc", "Cs")


def _in_flag(text: str, index: int) -> bool:
    while index > 0 and 0xE0020 <= ord(text[index]) <= 0xE007F:
        index -= 1
    return text[index] == "\U0001f3f4"


def _mixed_words(text: str) -> set[str]:
    """Words that mix Latin with Cyrillic or Greek letters, as look-alike spellings do."""
    return {word for word in text.split() if len({s for c in word if (s := _script(c))}) > 1}


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((script for script in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(script)), "")


def _as_wording(text: str) -> Wording:
    return Wording(headline="", standfirst="", byline="", body=f"<p>{escape(text, quote=False)}</p>")
