"""The article's text for the case page, split into segments with the passage marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corrections.anchoring.spans import Span
from corrections.models import Case, Field
from newsroom.models import Revision, RevisionText

MAX_COPIES = 20  # occurrences marked of an ambiguous passage


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A segment of the article's text; `id` is empty for one that is not marked."""

    text: str
    id: str


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """A field of the article, block by block, with the passage marked."""

    name: str
    label: str
    blocks: list[list[TextSegment]]


def article_parts(case: Case, revision: Revision) -> list[ArticlePart]:
    """The non-empty fields of the revision; none where its text was withheld."""
    if (content := revision.content) is None:
        return []
    spans = _spans(case, content)
    parts = []
    for field in Field:
        if text := content.canonical(field.value):
            blocks = _blocks(text, spans if field.value == case.field else [])
            parts.append(ArticlePart(field.value, str(field.label), blocks))
    return parts


def _spans(case: Case, content: RevisionText) -> list[Span]:
    """Spans to mark: the passage, its new words once published, or every occurrence of an ambiguous one."""
    start, end = (case.spot_start, case.spot_end) if case.published_in else (case.start, case.end)
    if start is not None and end is not None:
        return [Span(start, end)]
    if not case.field or case.published_in:
        return []
    text, spans, at = content.canonical(case.field), list[Span](), -1
    while len(spans) < MAX_COPIES and (at := text.find(case.exact, at + 1)) >= 0:
        spans.append(Span(at, at + len(case.exact)))
        at = spans[-1].end - 1
    return spans


def _blocks(text: str, spans: Sequence[Span]) -> list[list[TextSegment]]:
    """The text block by block; spans are split at block boundaries."""
    blocks, at = [], 0
    for block in text.split("\n\n"):
        blocks.append(_segments(block, at, spans))
        at += len(block) + 2
    return blocks


def _segments(block: str, offset: int, spans: Sequence[Span]) -> list[TextSegment]:
    borders, marks = {0, len(block)}, set[int]()
    for span in spans:
        start, end = max(0, span.start - offset), min(len(block), span.end - offset)
        if start < end:
            borders |= {start, end}
            marks.add(start)
    return [
        TextSegment(block[start:end], f"passage-{offset + start}" if start in marks else "")
        for start, end in pairwise(sorted(borders))
    ]
