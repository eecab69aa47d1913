"""Which new wordings readers propose for the passage of a case, and how many sent each."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corrections.anchoring.spans import Span, changed_span
from corrections.models import Case, Suggestion
from corrections.triage.placement import Placer
from newsroom.diffs.excerpts import Run, around, changed_runs, excerpt
from newsroom.models import Revision
from newsroom.text.canonical import deletion_span

CLOSE = 30  # characters shown around a change: the whole article stands beside
BLANKS = re.compile(r"[ \t\f\r]+")


@dataclass(frozen=True, slots=True)
class Variant:
    """A new wording for the code points [start, end) of the case's field; both None where the passage has no place."""

    start: int | None
    end: int | None
    wording: str
    readers: int
    runs: list[Run]

    @property
    def is_placed(self) -> bool:
        return self.start is not None

    @property
    def value(self) -> str:
        """How a form names it: place and words, so that what the editor saw is what is published."""
        return f"{self.start}-{self.end}:{self.wording}"


def variants_of(case: Case, suggestions: Iterable[Suggestion], revision: Revision) -> list[Variant]:
    """What the suggestions, with `read_in__content` at hand, would make of the passage: the most sent first.

    What the article says already is no variant.
    """
    placed, unplaced = Counter[tuple[Span, str]](), Counter[tuple[str, str]]()
    text = revision.content.canonical(case.field) if case.field else ""
    placer = Placer(revision)
    known: dict[tuple[object, ...], tuple[Span, str] | None] = {}
    for suggestion in suggestions:
        if suggestion.replacement is None:
            continue
        key = _what_was_sent(suggestion)
        if key not in known:
            known[key] = _change(case, suggestion, suggestion.replacement, placer, text)
        if change := known[key]:
            placed[change] += 1
        else:
            unplaced[suggestion.exact, suggestion.replacement] += 1
    return [
        *(
            _placed_variant(text, span, wording, readers)
            for (span, wording), readers in placed.most_common()
            if wording != text[span.start : span.end]
        ),
        *(_unplaced_variant(old, new, readers) for (old, new), readers in unplaced.most_common()),
    ]


def tidied(replacement: str, passage: str) -> str:
    """A replacement without blanks that would not be displayed: a phone's keyboard leaves one behind each word."""
    lines = [BLANKS.sub(" ", line).strip(" ") for line in in_lines(replacement).split("\n")]
    tidy = "\n".join(lines).strip("\n")
    if passage[:1] == " " and tidy:
        tidy = f" {tidy}"
    return f"{tidy} " if passage[-1:] == " " and tidy else tidy


def in_lines(typed: str) -> str:
    """Typed text with the line feeds of the canonical text; browsers send carriage returns as well."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _what_was_sent(suggestion: Suggestion) -> tuple[object, ...]:
    quote = (suggestion.exact, suggestion.prefix, suggestion.suffix, suggestion.start, suggestion.end)
    return suggestion.read_in_id, suggestion.field, *quote, suggestion.replacement


def _change(case: Case, suggestion: Suggestion, replacement: str, placer: Placer, text: str) -> tuple[Span, str] | None:
    """The case's passage, widened where the change reaches beyond it, and its new wording; None without a place.

    So readers who marked the word and readers who marked its sentence propose the same.
    """
    if suggestion.field != case.field or case.start is None or case.end is None:
        return None
    anchor = placer.place(suggestion).anchor
    if anchor.start is None or anchor.end is None:
        return None
    new = tidied(replacement, text[anchor.start : anchor.end])
    # A word that goes takes one of the blanks beside it along, whichever the reader marked with it.
    start, end = (anchor.start, anchor.end) if new else deletion_span(text, anchor.start, anchor.end)
    change = changed_span(text, Span(start, end), new)
    after = text[:start] + new + text[end:]
    span = Span(min(case.start, change.start), max(case.end, change.end))
    return span, after[span.start : span.end + len(after) - len(text)]


def _placed_variant(text: str, span: Span, wording: str, readers: int) -> Variant:
    before, after = around(text, span.start, span.end)
    runs = excerpt(changed_runs(text[span.start : span.end], wording, before=before, after=after), context=CLOSE)
    return Variant(span.start, span.end, wording, readers, runs)


def _unplaced_variant(old: str, new: str, readers: int) -> Variant:
    return Variant(None, None, new, readers, excerpt(changed_runs(old, new)))
