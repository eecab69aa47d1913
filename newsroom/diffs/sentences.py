"""The sentences that a change touches, as a reader of the change sees them."""

import re
from collections import Counter

from newsroom.diffs.names import ABBREVIATION
from newsroom.text.canonical import Wording, canonical_text

END = re.compile(r"(?<=[.!?…؟۔])[\"'”“’»«)\]]*\s+|(?<=[。！？])|\n+")


def touched_sentences(old: Wording, new: Wording) -> tuple[Counter[str], Counter[str]]:
    """Those that go, and those that come."""
    before, after = Counter(_sentences(old)), Counter(_sentences(new))
    return before - after, after - before


def _sentences(wording: Wording) -> list[str]:
    texts = (wording.headline, wording.standfirst, wording.byline, canonical_text(wording.body))
    return [sentence for text in texts for sentence in _parted(text)]


def _parted(text: str) -> list[str]:
    """What an abbreviation ends goes on."""
    parts, begun = list[str](), ""
    for piece in END.split(text):
        begun = f"{begun} {piece}" if begun else piece
        if not ABBREVIATION.search(begun):
            parts.append(begun)
            begun = ""
    return [part for part in [*parts, begun] if part]
