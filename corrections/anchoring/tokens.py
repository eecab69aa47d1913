"""Tokenisation and folding: words that look the same to a reader get the same comparison key.

Folded text is never stored or shown.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Interchangeable punctuation. Not NFKC, which would also turn ² into 2.
_SAME = {
    **dict.fromkeys(map(ord, "‘’‚‛′ʼ`"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("…"): "...",
}
# Invisible to the reader: soft hyphen, zero-width space, word joiner, byte order mark, direction marks.
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_SAME.update(dict.fromkeys(map(ord, _UNSEEN), ""))

# Scripts without spaces between words: each character is a token.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff"
)
# `\w` excludes combining marks (decomposed é, Arabic and Indic vowels) and joiners.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    r"\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    r"\u00ad\u200c\u200d"
)
# A blank line is a token too, so that paragraphs align with paragraphs.
_TOKEN = re.compile(
    rf"\n[^\S\n]*\n\s*|(?:[^\W{_UNSPACED}]|[{_MARKS}])+|[{_UNSPACED}][{_MARKS}]*|\.\.\.|[^\w\s{_UNSEEN}]"
)
_FOLDED = re.compile(f"[{''.join(map(chr, _SAME))}]")
_LETTER = re.compile(rf"[^\W{_UNSPACED}]|[{_MARKS}]")


def fold(text: str) -> str:
    """The comparison key: NFC, unified quotes and dashes, no invisible characters, single spaces, stripped."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_SAME)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and punctuation as parallel lists; white space is not a token."""

    keys: list[str]
    starts: list[int]
    ends: list[int]

    def cut(self, first: int, last: int) -> "Tokens":
        """The tokens from index `first` to before `last`."""
        return Tokens(self.keys[first:last], self.starts[first:last], self.ends[first:last])


def tokenise(text: str, start: int, end: int) -> Tokens:
    """Tokens of text[start:end]; offsets are those of the whole text."""
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    # Case is ignored: a headline in title case has the same words.
    words = [text[first:last].casefold() for first, last in spans]
    stretch = text[start:end]
    if _reads_plain(stretch):
        keys = ["\n" if word[0] == "\n" else word for word in words] if "\n" in stretch else words
    else:
        keys = [_key(word) for word in words]
    return Tokens(keys, [first for first, _ in spans], [last for _, last in spans])


def _reads_plain(text: str) -> bool:
    """Whether folding would change no word."""
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _FOLDED.search(text))


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    return "\n" if word[0] == "\n" else word if word.isascii() else fold(word) or word


def inside_word(text: str, offset: int) -> bool:
    """Whether the offset splits a word of a script that has spaces between words."""
    if not 0 < offset < len(text):
        return False
    return bool(_LETTER.match(text, offset - 1) and _LETTER.match(text, offset))
