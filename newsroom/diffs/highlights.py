"""Highlights: find the passages a revision changed and wrap them in <mark>."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from newsroom.diffs.words import word_diff
from newsroom.text.html_reader import read


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points [start, end) of a canonical text; empty where words were deleted."""

    start: int
    end: int


def changed_passages(old: str, new: str) -> list[Passage]:
    """Where `new` differs from `old`."""
    passages: list[Passage] = []
    at = 0
    gone = False
    for piece in word_diff(old, new):
        until = at if piece.op == "delete" else at + len(piece.text)
        if piece.op == "insert":
            passages.append(Passage(at, until))
        elif piece.op == "equal" and gone:
            passages.append(Passage(at, at))
        gone = piece.op == "delete"
        at = until
    return [*passages, Passage(at, at)] if gone else passages


def map_passages(passages: Iterable[Passage], old: str, new: str) -> list[Passage]:
    """The same passages in a later text, as far as their words are still there."""
    if old == new:
        return list(passages)
    kept: list[tuple[int, int, int]] = []  # start and end in the old text, start in the new one
    at_old = at_new = 0
    for piece in word_diff(old, new):
        if piece.op == "equal":
            kept.append((at_old, at_old + len(piece.text), at_new))
        at_old += len(piece.text) if piece.op != "insert" else 0
        at_new += len(piece.text) if piece.op != "delete" else 0
    found = []
    for passage in passages:
        for start, end, moved in kept:
            low, high = max(start, passage.start), min(end, passage.end)
            if low < high or low == high == passage.start == passage.end:
                found.append(Passage(moved + low - start, moved + high - start))
    return found


def mark_passages(html: str, passages: Iterable[Passage], *, cut_label: str) -> str:
    """Wrap passages in <mark>, split at element boundaries; the canonical text does not change.

    The first mark has the id "changed". `cut_label` is the accessible name of a deletion.
    """
    layout = read(html)
    parts: list[tuple[int, int, bool]] = []  # source start, source end, whether it is a deletion
    for passage in passages:
        for run in layout.runs:
            if not run.text or run.until < passage.start or run.at > passage.end:
                continue
            if passage.start == passage.end:
                source = run.source(passage.start)
                parts.append((source, source, True))
                break
            low, high = max(run.at, passage.start), min(run.until, passage.end)
            if low < high and run.text != "\n":
                parts.append((run.source(low), run.source(high), False))
    return _marked(html, _joined(sorted(set(parts)), html), cut_label)


def _joined(parts: list[tuple[int, int, bool]], html: str) -> list[tuple[int, int, bool]]:
    """Merge adjacent parts: a run ends at each collapsed space and each entity."""
    joined: list[tuple[int, int, bool]] = []
    for start, end, cut in parts:
        if joined and not cut and not joined[-1][2] and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), False)
        else:
            joined.append((start, end, cut))
    return joined


def _marked(html: str, parts: list[tuple[int, int, bool]], cut_label: str) -> str:
    written, at = [], 0
    for number, (start, end, cut) in enumerate(parts):
        name = ' id="changed"' if number == 0 else ""
        kind = f' class="cut" role="img" aria-label="{escape(cut_label)}"' if cut else ' class="changed"'
        written += [html[at:start], f"<mark{name}{kind}>", html[start:end], "</mark>"]
        at = end
    return "".join([*written, html[at:]])
