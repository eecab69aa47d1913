"""Highlights: find the passages a revision changed and wrap them in <mark>."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from newsroom.diffs.words import word_diff
from newsroom.text.html_reader import read

MAX_SHOWN = 300  # characters of the old words; the comparison of the revisions has them all


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points [start, end) of a canonical text; empty where words were deleted. `was` stood there before."""

    start: int
    end: int
    was: str = ""


def changed_passages(old: str, new: str) -> list[Passage]:
    """Where `new` differs from `old`."""
    passages: list[Passage] = []
    at, gone = 0, ""
    for piece in word_diff(old, new):
        if piece.op == "delete":
            gone = piece.text
            continue
        until = at + len(piece.text)
        if piece.op == "insert":
            passages.append(Passage(at, until, gone))
        elif gone:
            passages.append(Passage(at, at, gone))
        at, gone = until, ""
    return [*passages, Passage(at, at, gone)] if gone else passages


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
        was = passage.was
        for start, end, moved in kept:
            low, high = max(start, passage.start), min(end, passage.end)
            if low < high or low == high == passage.start == passage.end:
                found.append(Passage(moved + low - start, moved + high - start, was))
                was = ""  # beside the first part that still stands
    return found


def mark_passages(html: str, passages: Iterable[Passage], *, cut_label: str) -> str:
    """Wrap passages in <mark>, split at element boundaries; the canonical text does not change.

    The first mark has the id "changed". `cut_label` is the accessible name of a deletion.
    """
    layout = read(html)
    parts = set[_Part]()
    for passage in passages:
        was = passage.was
        for run in layout.runs:
            if not run.text or run.until < passage.start or run.at > passage.end:
                continue
            if passage.start == passage.end:
                source = run.source(passage.start)
                parts.add(_Part(source, source, was))
                break
            low, high = max(run.at, passage.start), min(run.until, passage.end)
            if low < high and run.text != "\n":
                parts.add(_Part(run.source(low), run.source(high), was))
                was = ""
    return _marked(html, _joined(sorted(parts)), cut_label)


@dataclass(frozen=True, slots=True, order=True)
class _Part:
    """html[start:end], empty for a deletion; the old words are shown before it."""

    start: int
    end: int
    was: str


def _joined(parts: list[_Part]) -> list[_Part]:
    """Merge adjacent parts: a run ends at each collapsed space and each entity."""
    joined: list[_Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.start < last.end and part.start < part.end and last.end >= part.start and not part.was:
            joined[-1] = _Part(last.start, max(part.end, last.end), last.was)
        else:
            joined.append(part)
    return joined


def _marked(html: str, parts: list[_Part], cut_label: str) -> str:
    """The old words stand in an attribute, which the style sheet shows: the canonical text does not have them."""
    written, at = [], 0
    for number, part in enumerate(parts):
        name = ' id="changed"' if number == 0 else ""
        was = f' data-was="{escape(_shortened(part.was.strip()))}"' if part.was.strip() else ""
        is_cut = part.start == part.end
        kind = f' class="cut" role="img" aria-label="{escape(cut_label)}"' if is_cut else ' class="changed"'
        written += [html[at : part.start], f"<mark{name}{kind}{was}>", html[part.start : part.end], "</mark>"]
        at = part.end
    return "".join([*written, html[at:]])


def _shortened(words: str) -> str:
    return words if len(words) <= MAX_SHOWN else f"{words[:MAX_SHOWN]}…"
