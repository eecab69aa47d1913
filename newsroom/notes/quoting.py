"""Quote words in a note: quotation marks of its language, long passages cut at words."""

import re
from dataclasses import dataclass

from newsroom.text.forbidden_characters import FORBIDDEN

CUT = "…"
LINES = re.compile(r"\s*\n\s*")
# Invisible in a note, and refused there: directional and zero-width characters, soft hyphens, tags.
INVISIBLE = re.compile("[\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Marks:
    """Quotation marks of a language, those within a quotation, and what joins the items of a list."""

    opening: str
    closing: str
    inner: tuple[str, str]
    joint: str = "; "


MARKS = {
    "ar": Marks("«", "»", ("“", "”"), "؛ "),
    "de": Marks("„", "“", ("‚", "‘")),
    "en": Marks("“", "”", ("‘", "’")),
    "es": Marks("«", "»", ("“", "”")),
    "fr": Marks("«\xa0", "\xa0»", ("“", "”"), "\u202f; "),
    "uk": Marks("«", "»", ("„", "“")),
}


def marks_of(language: str) -> Marks:
    """Of a language such as "de-AT"; English ones where a language is not known."""
    return MARKS.get(language.lower().partition("-")[0], MARKS["en"])


def quoted(words: str, language: str) -> str:
    """The words on one line between quotation marks; the same marks within become the inner ones."""
    marks = marks_of(language)
    words = FORBIDDEN.sub("", INVISIBLE.sub("", LINES.sub(" ", words))).strip()
    if marks.opening.strip() in words and marks.closing.strip() in words:
        words = words.replace(marks.opening, marks.inner[0]).replace(marks.closing, marks.inner[1])
    return f"{marks.opening}{words}{marks.closing}"


def cut(words: str, limit: int, *, start: int = 0) -> str:
    """At most about `limit` characters from the word at `start` on, with an ellipsis where something is left out.

    Cuts within a word only where a single one is longer than the limit.
    """
    if len(words) <= limit:
        return words
    start = min(start, max(0, len(words) - limit))
    while 0 < start < len(words) and not words[start - 1].isspace():
        start -= 1
    head = words[start : start + limit]
    if start + limit < len(words) and not words[start + limit].isspace():
        shorter = head.rpartition(" ")[0]
        head = shorter if len(shorter) > limit // 2 else head
    before, after = CUT * bool(start), CUT * (start + len(head) < len(words))
    return f"{before} {head.strip()} {after}".strip() if head.strip() else words[:limit]
