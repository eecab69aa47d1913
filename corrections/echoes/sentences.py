"""Sentences of a canonical text in any language."""

import re
from collections.abc import Iterator

from corrections.anchoring.spans import Span
from newsroom.diffs.names import ABBREVIATION

# What ends a sentence, with the quotation marks and brackets that close after it; ideographic ones need no space.
END = re.compile(r"[.!?…؟۔।]+[\"'”’»«“)\]]*(?=\s)|[。！？]+[”』」)]*|\n+")
LONGEST = 600  # characters; a longer one, as of a table, is cut at a space
DAY = re.compile(r"(?:^|\s)\d{1,2}\.$")  # "am 14. Mai"


def sentence_spans(text: str) -> Iterator[Span]:
    """Without the white space around them, in order."""
    start = 0
    for end in END.finditer(text):
        if "\n" not in end[0] and _goes_on(text, end):
            continue
        yield from _pieces(text, start, end.end())
        start = end.end()
    yield from _pieces(text, start, len(text))


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether the point belongs to an abbreviation or a number, or the next word begins small."""
    following = text[end.end() :].lstrip()[:1]
    if following.islower():
        return True
    before = text[max(0, end.start() - 12) : end.end()]
    return end[0] == "." and (ABBREVIATION.search(before) is not None or DAY.search(before) is not None)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = space if space > 0 else start + LONGEST
        yield from _trimmed(text, start, middle)
        start = middle
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
