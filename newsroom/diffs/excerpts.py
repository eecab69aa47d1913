"""Diff excerpts: changed passages with a little unchanged context."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from newsroom.diffs.words import word_diff

CONTEXT = 60  # characters shown on each side of a change
CUT = "…"


@dataclass(frozen=True, slots=True)
class DiffRun:
    """A run of text; `mark` is a passage reported without a replacement."""

    op: Literal["equal", "insert", "delete", "mark"]
    text: str


def changed_runs(old: str, new: str, *, before: str = "", after: str = "") -> list[DiffRun]:
    """Word diff of a passage, with its context."""
    return [
        DiffRun("equal", before),
        *(DiffRun(piece.op, piece.text) for piece in word_diff(old, new)),
        DiffRun("equal", after),
    ]


def marked_runs(passage: str, *, before: str = "", after: str = "") -> list[DiffRun]:
    return [DiffRun("equal", before), DiffRun("mark", passage), DiffRun("equal", after)]


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Text before and after a span in the same line, with room for excerpt() to cut at a space."""
    before, after = text[max(0, start - 2 * CONTEXT) : start], text[end : end + 2 * CONTEXT]
    return before.rpartition("\n")[2], after.partition("\n")[0]


def excerpt(runs: Sequence[DiffRun], *, context: int = CONTEXT) -> list[DiffRun]:
    """Shorten long unchanged runs, at a space if possible; empty if nothing changes."""
    joined = _joined(runs)
    if all(run.op == "equal" for run in joined):
        return []
    last = len(joined) - 1
    shown = []
    for index, run in enumerate(joined):
        text = run.text
        if run.op == "equal":
            text = _cut(text, head=context if index > 0 else 0, tail=context if index < last else 0)
        shown.append(DiffRun(run.op, text))
    return shown


def _joined(runs: Sequence[DiffRun]) -> list[DiffRun]:
    """Drop empty runs and merge neighbours of one kind."""
    full = (run for run in runs if run.text)
    return [DiffRun(op, "".join(run.text for run in group)) for op, group in groupby(full, lambda run: run.op)]


def _cut(text: str, *, head: int, tail: int) -> str:
    if len(text) <= head + tail + len(CUT):
        return text
    if head and tail:
        return f"{_head(text, head)} {CUT} {_tail(text, tail)}"
    return f"{_head(text, head)}{CUT}" if head else f"{CUT}{_tail(text, tail)}"


def _head(text: str, size: int) -> str:
    """At most `size` leading characters, cut at a word boundary if one is near."""
    piece = text[:size]
    space = piece.rfind(" ")
    return piece[:space] if space > size // 2 else piece


def _tail(text: str, size: int) -> str:
    piece = text[len(text) - size :]
    space = piece.find(" ")
    return piece[space + 1 :] if 0 <= space < size // 2 else piece
