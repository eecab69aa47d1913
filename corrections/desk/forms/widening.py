"""Wider passages for an editor's own wording: the sentence or the paragraph around what readers marked."""

import re
from enum import StrEnum

from corrections.anchoring.spans import Span
from corrections.models import Case

# What ends a sentence, with the quotation marks that close behind it.
END = re.compile(r"(?:[.!?…؟۔]+[\"'”“’»«)\]]*|[。！？]+[」』）]*)")
# "Mr.", "J." and "No." end none.
ABBREVIATION = re.compile(r"(?:^|[\W\d_])(?:[^\W\d_a-zа-яіїєґ][^\W\d_]{0,2}|\d{1,2})\.$")


class Width(StrEnum):
    PASSAGE = "passage"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


def parse_width(asked: str) -> Width:
    """The passage, if nothing else is asked for."""
    return Width(asked) if asked in list(Width) else Width.PASSAGE


def widened(text: str, passage: Span, width: Width) -> Span:
    """The whole sentences, or whole blocks, that the passage touches."""
    if width == Width.PASSAGE:
        return passage
    start = text.rfind("\n\n", 0, passage.start) + 2 if "\n\n" in text[: passage.start] else 0
    end = text.find("\n\n", passage.end)
    block = Span(start, len(text) if end < 0 else end)
    return block if width == Width.PARAGRAPH else _sentences(text, passage, block)


def widths(text: str, passage: Span) -> list[Span]:
    """Each width once, the narrowest first."""
    return list(dict.fromkeys(widened(text, passage, width) for width in Width))


def widths_of(case: Case) -> list[Span]:
    """Of the case's passage where it stands now; none without a place."""
    content = case.anchored_in.content
    if content is None or case.start is None or case.end is None:
        return []
    return widths(content.canonical(case.field), Span(case.start, case.end))


def _sentences(text: str, passage: Span, block: Span) -> Span:
    borders = [block.start, *_borders(text, block), block.end]
    start = max(border for border in borders if border <= passage.start)
    end = min(border for border in borders if border >= max(passage.end, start))
    while start < passage.start and text[start].isspace():
        start += 1
    return Span(start, max(end, passage.end))


def _borders(text: str, block: Span) -> list[int]:
    """Where a sentence ends within the block."""
    return [match.end() for match in END.finditer(text, block.start, block.end) if _is_end(text, match, block)]


def _is_end(text: str, match: re.Match[str], block: Span) -> bool:
    if match[0][0] in "。！？":
        return True
    before = text[max(block.start, match.start() - 5) : match.end()]
    is_abbreviation = match[0] == "." and ABBREVIATION.search(before)
    return text[match.end() : match.end() + 1].isspace() and not _goes_on(text, match.end()) and not is_abbreviation


def _goes_on(text: str, at: int) -> bool:
    """Whether the next word begins with a small letter."""
    word = text[at : at + 40].lstrip()[:1]
    return word.islower()
