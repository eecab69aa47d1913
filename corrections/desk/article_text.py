"""The article as it is published, for the case page: the passage marked, the change tracked in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corrections.anchoring.spans import Span
from corrections.decisions.variants import WordingVariant
from corrections.models import Case, Field
from newsroom.diffs.words import word_diff
from newsroom.models import Revision, RevisionText
from newsroom.text.canonical import Wording, canonical_text
from newsroom.text.tracked_changes import TrackedSpan, tracked_body, tracked_line

MAX_COPIES = 20  # occurrences marked of an ambiguous passage
MARK_ID = "passage"  # of the first mark

Tracked = Mapping[str, Sequence[TrackedSpan]]
"""What is marked in each field."""


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """A field of the article; `html` is what the site publishes, with the marks put in."""

    name: str
    label: str
    html: str

    @property
    def is_marked(self) -> bool:
        return f' id="{MARK_ID}"' in self.html


def article_parts(revision: Revision, tracked: Tracked) -> list[ArticlePart]:
    """The non-empty fields of the revision; none where its text was withheld."""
    if (content := revision.content) is None:
        return []
    return [
        ArticlePart(field.value, str(field.label), _html(field, content, tracked.get(field.value, ())))
        for field in Field
        if getattr(content, field.value)
    ]


def tracked_case(case: Case, revision: Revision, variant: WordingVariant | None) -> Tracked:
    """The passage with the variant's words, or the passage alone; every copy of an ambiguous one."""
    content = revision.content
    if content is None or not case.field:
        return {}
    text = content.canonical(case.field)
    if variant and variant.start is not None and variant.end is not None and not case.published_in:
        passage = TrackedSpan("passage", variant.start, variant.end)
        return {case.field: [passage, *_changes(text[variant.start : variant.end], variant.wording, at=variant.start)]}
    return {case.field: [TrackedSpan("passage", span.start, span.end) for span in _spans(case, text)]}


def tracked_wordings(old: Wording, new: Wording) -> Tracked:
    """What a proposal changes, in every field."""
    fields = {name: (getattr(old, name), getattr(new, name)) for name in ("headline", "standfirst", "byline")}
    fields["body"] = (canonical_text(old.body), canonical_text(new.body))
    return {name: _changes(before, after, at=0) for name, (before, after) in fields.items() if before != after}


def _html(field: Field, content: RevisionText, spans: Sequence[TrackedSpan]) -> str:
    if field == Field.BODY:
        return tracked_body(content.body, spans, mark_id=MARK_ID)
    return tracked_line(content.canonical(field.value), spans, mark_id=MARK_ID)


def _changes(old: str, new: str, *, at: int) -> list[TrackedSpan]:
    spans = list[TrackedSpan]()
    for piece in word_diff(old, new):
        if piece.op == "insert":
            spans.append(TrackedSpan("insert", at, at, piece.text))
            continue
        if piece.op == "delete":
            spans.append(TrackedSpan("delete", at, at + len(piece.text)))
        at += len(piece.text)
    return spans


def _spans(case: Case, text: str) -> list[Span]:
    """The passage, its new words once published, or every occurrence of an ambiguous one."""
    start, end = (case.spot_start, case.spot_end) if case.published_in else (case.start, case.end)
    if start is not None and end is not None:
        return [Span(start, end)]
    if not case.exact or case.published_in:
        return []
    spans, at = list[Span](), -1
    while len(spans) < MAX_COPIES and (at := text.find(case.exact, at + 1)) >= 0:
        spans.append(Span(at, at + len(case.exact)))
        at = spans[-1].end - 1
    return spans
