"""A body's HTML with changes tracked in it, as an editor sees them: every other byte stays as it is published."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from newsroom.text.html_layout import Layout, TextRun, run_at
from newsroom.text.html_reader import read

# What stands at one place, from left to right.
CLOSE_WORDS, NEW_WORDS, CLOSE_MARK, OPEN_MARK, OPEN_WORDS = range(5)


@dataclass(frozen=True, slots=True)
class TrackedSpan:
    """Code points [start, end) of the canonical text: a passage, deleted words, or where `text` is put in."""

    op: Literal["passage", "delete", "insert"]
    start: int
    end: int
    text: str = ""


def tracked_body(html: str, spans: Sequence[TrackedSpan], *, mark_id: str) -> str:
    """`html` with passages in <mark>, deleted words in <del>, new ones in <ins>; the first of these has the id.

    A span is wrapped run by run, so that it may cross elements and blocks. New words are escaped.
    """
    layout = read(html)
    pieces = _named(sorted(piece for span in spans for piece in _pieces(layout, span)), mark_id)
    parts, at = list[str](), 0
    for position, _order, markup in pieces:
        parts += [html[at:position], markup]
        at = position
    return "".join([*parts, html[at:]])


def tracked_line(text: str, spans: Sequence[TrackedSpan], *, mark_id: str) -> str:
    """The same for a line of plain text, which is escaped."""
    pieces = _named(sorted(piece for span in spans for piece in _wrapped(span, span.start, span.end)), mark_id)
    parts, at = list[str](), 0
    for position, _order, markup in pieces:
        parts += [escape(text[at:position]), markup]
        at = position
    return "".join([*parts, escape(text[at:])])


Placed = tuple[int, int, str]
"""Position, order among what stands there, markup."""


def _named(pieces: list[Placed], mark_id: str) -> list[Placed]:
    """The first of them opens an element, which gets the id."""
    if not pieces:
        return []
    position, order, markup = pieces[0]
    tag, _close, words = markup.partition(">")
    return [(position, order, f'{tag} id="{escape(mark_id)}">{words}'), *pieces[1:]]


def _pieces(layout: Layout, span: TrackedSpan) -> Iterator[Placed]:
    if span.op == "insert":
        yield from _wrapped(span, position := _source(layout, span.start), position)
        return
    first = bisect_right(layout.runs, span.start, key=lambda run: run.until)
    runs = layout.runs[first : bisect_left(layout.runs, span.end, key=lambda run: run.at)]
    for start, end in _joined([run for run in runs if run.text], span):
        yield from _wrapped(span, start, end)


def _joined(runs: Sequence[TextRun], span: TrackedSpan) -> Iterator[tuple[int, int]]:
    """Source spans of the runs, those that touch in one element as one."""
    held: tuple[int, int] | None = None
    for run in runs:
        start, end = run.source(max(span.start, run.at)), run.source(min(span.end, run.until))
        if held and held[1] == start:
            held = held[0], end
        else:
            if held:
                yield held
            held = start, end
    if held:
        yield held


def _wrapped(span: TrackedSpan, start: int, end: int) -> Iterator[Placed]:
    if span.op == "insert":
        yield start, NEW_WORDS, f"<ins>{escape(span.text)}</ins>"
    elif span.op == "delete":
        yield start, OPEN_WORDS, "<del>"
        yield end, CLOSE_WORDS, "</del>"
    else:
        yield start, OPEN_MARK, "<mark>"
        yield end, CLOSE_MARK, "</mark>"


def _source(layout: Layout, offset: int) -> int:
    """HTML offset behind the character before `offset`, if that stands in the same block; else before the next one."""
    if not layout.flows:
        return len(layout.html)
    flow = max(0, bisect_right(layout.flows, offset, key=lambda flow: flow.at) - 1)
    if offset > layout.flows[flow].at:
        before = run_at(layout, min(offset, layout.flows[flow].until) - 1)
        return before.source(min(offset, before.until))
    return run_at(layout, offset).source(offset)
