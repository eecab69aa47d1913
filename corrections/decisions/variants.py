"""Wording variants: the new wordings that readers propose for a case's passage, and how many sent each."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corrections.anchoring.spans import Span, changed_span
from corrections.models import Case, Suggestion
from corrections.triage.placement import Placer
from newsroom.diffs.excerpts import DiffRun, around, changed_runs, excerpt
from newsroom.models import Revision, RevisionText

DIFF_CONTEXT = 30  # characters shown around a change; the whole article is on the same page
BLANKS = re.compile(r"[ \t\f\r]+")


@dataclass(frozen=True, slots=True)
class WordingVariant:
    """A new wording for the code points [start, end) of the case's field; both None if the passage is unplaced."""

    start: int | None
    end: int | None
    wording: str
    readers: int
    runs: list[DiffRun]

    @property
    def is_placed(self) -> bool:
        return self.start is not None

    @property
    def value(self) -> str:
        """Form value: span and wording, so that the published text is the one that the editor saw."""
        return f"{self.start}-{self.end}:{self.wording}"


def wording_variants(case: Case, suggestions: Iterable[Suggestion], revision: Revision) -> list[WordingVariant]:
    """The variants in suggestions, which have `read_in__stored_text` prefetched; the most frequent first.

    Excludes what the article already says.
    """
    placed, unplaced = Counter[tuple[Span, str]](), Counter[tuple[str, str]]()
    content = revision.content if case.field else None
    placer = Placer(revision)
    known: dict[tuple[object, ...], tuple[Span, str] | None] = {}
    for suggestion in suggestions:
        if suggestion.replacement is None:
            continue
        key = _content_key(suggestion)
        if key not in known:
            known[key] = _change(case, suggestion, suggestion.replacement, placer, content)
        if change := known[key]:
            placed[change] += 1
        else:
            unplaced[suggestion.exact, suggestion.replacement] += 1
    if case.echo_of_id and case.replacement is not None and case.start is not None and case.end is not None:
        placed[Span(case.start, case.end), case.replacement] += 0  # the desk's own proposal, with no reader behind it
    text = content.canonical(case.field) if content else ""
    return [
        *(
            _placed_variant(text, span, wording, readers)
            for (span, wording), readers in placed.most_common()
            if wording != text[span.start : span.end]
        ),
        *(_unplaced_variant(old, new, readers) for (old, new), readers in unplaced.most_common()),
    ]


def collapse_blanks(replacement: str, passage: str) -> str:
    """A replacement without blanks that HTML would not display: phone keyboards leave one behind each word."""
    lines = [BLANKS.sub(" ", line).strip(" ") for line in normalize_newlines(replacement).split("\n")]
    tidy = "\n".join(lines).strip("\n")
    if passage[:1] == " " and tidy:
        tidy = f" {tidy}"
    return f"{tidy} " if passage[-1:] == " " and tidy else tidy


def normalize_newlines(typed: str) -> str:
    """CRLF and CR to LF, as in the canonical text; browsers send CRLF."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _content_key(suggestion: Suggestion) -> tuple[object, ...]:
    quote = (suggestion.exact, suggestion.prefix, suggestion.suffix, suggestion.start, suggestion.end)
    return suggestion.read_in_id, suggestion.field, *quote, suggestion.replacement


def _change(
    case: Case, suggestion: Suggestion, replacement: str, placer: Placer, content: RevisionText | None
) -> tuple[Span, str] | None:
    """The case's passage, widened to cover the change, and its new wording; None if it is unplaced.

    So a reader who marked a word and one who marked its sentence propose the same variant.
    """
    if content is None or suggestion.field != case.field or case.start is None or case.end is None:
        return None
    anchor = placer.place(suggestion).anchor
    if anchor.start is None or anchor.end is None:
        return None
    text = content.canonical(case.field)
    if content.is_preformatted(case.field, anchor.start, anchor.end):
        new = normalize_newlines(replacement)
    else:
        new = collapse_blanks(replacement, text[anchor.start : anchor.end])
    # Deleting a word also deletes one adjacent blank, whichever the reader marked with it.
    start, end = (anchor.start, anchor.end) if new else content.deletion_span(case.field, anchor.start, anchor.end)
    change = changed_span(text, Span(start, end), new)
    after = text[:start] + new + text[end:]
    span = Span(min(case.start, change.start), max(case.end, change.end))
    return span, after[span.start : span.end + len(after) - len(text)]


def _placed_variant(text: str, span: Span, wording: str, readers: int) -> WordingVariant:
    before, after = around(text, span.start, span.end)
    runs = excerpt(changed_runs(text[span.start : span.end], wording, before=before, after=after), context=DIFF_CONTEXT)
    return WordingVariant(span.start, span.end, wording, readers, runs)


def _unplaced_variant(old: str, new: str, readers: int) -> WordingVariant:
    return WordingVariant(None, None, new, readers, excerpt(changed_runs(old, new)))
