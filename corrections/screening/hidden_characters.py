"""Refuse control, bidirectional and tag characters in new text; flag the invisible characters that may be spelling."""

import re
import unicodedata
from collections import Counter

from newsroom.text.forbidden_characters import FORBIDDEN

# Bidirectional overrides and isolates, tag characters and other invisible controls. Zero-width joiners (U+200C, U+200D)
# are legitimate in Persian, Hindi and emoji.
HIDDEN = frozenset(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080), 0x200B, 0x2060, 0xFEFF, 0x061C]
)
# Emoji tag sequence of a subdivision flag (England, Texas): black flag, tag letters, cancel tag. Source: UTS 51. Any
# other tag characters could carry a hidden message.
FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Visible format characters (Arabic number signs), and invisible marks and fillers.
PRINTED = frozenset([*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
BLANK = frozenset(
    [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
WIDE_SPACES = frozenset([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F])
# Scripts with cursive joining or conjuncts, where joiners are part of the spelling.
JOINING = ("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
           "MALAYALAM", "SINHALA", "KHMER", "MONGOLIAN")  # fmt: skip
ZWNJ, ZWJ = "\u200c", "\u200d"
WORD = re.compile(r"[^\W\d_]+")


class HiddenCharacters(Exception):
    """A text carries control, bidirectional or tag characters; `code_points` names them as U+XXXX."""

    def __init__(self, code_points: list[str]) -> None:
        super().__init__(", ".join(code_points))
        self.code_points = code_points


def refuse_hidden_characters(text: str, *, known: str = "") -> None:
    """Raises HiddenCharacters for what is new in `text` against `known`, the passage that it replaces.

    Line feeds and tabs pass, and tag characters where they spell a flag.
    """
    allowed = set(known)
    found = {character for character in FLAG.sub("", text) if character not in allowed and is_hidden(character)}
    if found:
        raise HiddenCharacters([f"U+{ord(character):04X}" for character in sorted(found)])


def without_hidden_characters(text: str) -> str:
    """What `refuse_hidden_characters` accepts of a text that only editors read; flags stay whole."""
    kept, at = list[str](), 0
    for flag in FLAG.finditer(text):
        kept += [*_visible(text[at : flag.start()]), flag[0]]
        at = flag.end()
    return "".join([*kept, *_visible(text[at:])])


def strip_invisible(text: str) -> str:
    """Without blanks and invisible characters at both ends, as they come along when an address is copied."""
    shown = [i for i, c in enumerate(text) if not (c.isspace() or _is_blank(c) or is_hidden(c))]
    return text[shown[0] : shown[-1] + 1] if shown else ""


def is_hidden(character: str) -> bool:
    """Whether a character is refused in new text, outside emoji flags."""
    if character in "\n\t":
        return False
    code = ord(character)
    return code in HIDDEN or unicodedata.category(character) == "Cc" or FORBIDDEN.match(character) is not None


def new_invisible(exact: str, replacement: str) -> list[str]:
    """Invisible characters that the replacement adds, except where they are part of the spelling."""
    return sorted((Counter(_invisible(replacement)) - Counter(_invisible(exact))).keys())


def name_of(character: str) -> str:
    """As in "U+200D ZERO WIDTH JOINER"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def _visible(text: str) -> list[str]:
    return [character for character in text if not is_hidden(character)]


def _invisible(text: str) -> list[str]:
    return [c for i, c in enumerate(text) if _is_blank(c) and not _is_spelling(text, i)]


def _is_blank(character: str) -> bool:
    code = ord(character)
    return (
        code in BLANK
        or code in WIDE_SPACES
        or (unicodedata.category(character) in ("Cf", "Zl", "Zp") and code not in PRINTED)
    )


def _is_spelling(text: str, index: int) -> bool:
    """Whether an invisible character is legitimate here; lenient at both ends, where the neighbour is unknown."""
    character, before, behind = text[index], text[index - 1 : index], text[index + 1 : index + 2]
    code = ord(character)
    if code in WIDE_SPACES:
        return _is_typography(text, index)
    if character == ZWNJ:
        return _joins(before) and (not behind or _joins(behind))
    if character == ZWJ:
        return _joins(before) or (_is_pictorial(before) and (not behind or _is_pictorial(behind)))
    if 0xFE00 <= code <= 0xFE0F:
        return _is_pictorial(before) or (before != "" and before in "0123456789#*")
    if 0xE0100 <= code < 0xE01F0:
        return unicodedata.name(before, "").startswith("CJK") if before else False
    return 0xE0020 <= code <= 0xE007F and _ends_flag(text[:index])


def _is_typography(text: str, index: int) -> bool:
    """Next to punctuation or digits ("« Oui »", "10 000 €"), at an end, or after a word of one or two letters."""
    before, behind = text[:index], text[index + 1 : index + 2]
    if not before or not behind or not (before[-1].isalpha() and behind.isalpha()):
        return not _is_blank(before[-1:] or "x") and not _is_blank(behind or "x")
    last = WORD.findall(before[-3:])[-1]
    return len(last) < 3


def _joins(character: str) -> bool:
    return unicodedata.name(character, "").startswith(JOINING) if character else False


def _is_pictorial(character: str) -> bool:
    """Emoji, skin tones, variation selector, and symbols such as hearts and arrows."""
    return character != "" and (unicodedata.category(character) in ("So", "Sk", "Sm") or character == "\ufe0f")


def _ends_flag(text: str) -> bool:
    return text.rstrip("".join(map(chr, range(0xE0020, 0xE0080)))).endswith("\U0001f3f4")
