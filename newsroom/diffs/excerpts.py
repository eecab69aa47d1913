"""Shows a text and what would change in it, with only as much around as an editor needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from newsroom.diffs.words import word_diff

CONTEXT = 60  # characters shown on each side of a change
CUT = "…"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of shown text; `mark` is a passage that somebody pointed at without saying what it should be."""

    op: Literal["equal", "insert", "delete", "mark"]
    text: str


def changed_runs(old: str, new: str, *, before: str = "", after: str = "") -> list[Run]:
    """The word diff of a passage between what stands around it."""
    return [Run("equal", before), *(Run(piece.op, piece.text) for piece in word_diff(old, new)), Run("equal", after)]


def marked_runs(passage: str, *, before: str = "", after: str = "") -> list[Run]:
    return [Run("equal", before), Run("mark", passage), Run("equal", after)]


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a span in the same line of text, a little more than is shown of it."""
    before, after = text[max(0, start - 2 * CONTEXT) : start], text[end : end + 2 * CONTEXT]
    return before.rpartition("\n")[2], after.partition("\n")[0]


def excerpt(runs: Sequence[Run], *, context: int = CONTEXT) -> list[Run]:
    """The runs with long unchanged stretches cut, at a space where there is one; empty when nothing changes."""
    joined = _joined(runs)
    if all(run.op == "equal" for run in joined):
        return []
    last = len(joined) - 1
    shown = []
    for index, run in enumerate(joined):
        text = run.text
        if run.op == "equal":
            text = _cut(text, head=context if index > 0 else 0, tail=context if index < last else 0)
        shown.append(Run(run.op, text))
    return shown


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Without empty runs, and with neighbours of one kind made one."""
    full = (run for run in runs if run.text)
    return [Run(op, "".join(run.text for run in group)) for op, group in groupby(full, lambda run: run.op)]


def _cut(text: str, *, head: int, tail: int) -> str:
    if len(text) <= head + tail + len(CUT):
        return text
    if head and tail:
        return f"{_head(text, head)} {CUT} {_tail(text, tail)}"
    return f"{_head(text, head)}{CUT}" if head else f"{CUT}{_tail(text, tail)}"


def _head(text: str, size: int) -> str:
    """At most `size` characters from the beginning, whole words where a space is near the cut."""
    piece = text[:size]
    space = piece.rfind(" ")
    return piece[:space] if space > size // 2 else piece


def _tail(text: str, size: int) -> str:
    piece = text[len(text) - size :]
    space = piece.find(" ")
    return piece[space + 1 :] if 0 <= space < size // 2 else piece
