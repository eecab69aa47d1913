"""Marks passages in the HTML of a body, and finds those that a change of it left behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from newsroom.diffs.words import word_diff
from newsroom.text.html_reader import read


@dataclass(frozen=True, slots=True)
class Passage:
    """Code points [start, end) of a canonical text; an empty one is where words were taken out."""

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


def carried(passages: Iterable[Passage], old: str, new: str) -> list[Passage]:
    """The same passages in a later text, as far as their words still stand there."""
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


def with_marks(html: str, passages: Iterable[Passage], *, cut_label: str) -> str:
    """The body with <mark> around passages, each part within one element; the canonical text stays as it is.

    The first mark has the id "changed". `cut_label` says to those who cannot see it that words were taken out.
    """
    layout = read(html)
    parts: list[tuple[int, int, bool]] = []  # source start and end, and whether it is a cut
    for passage in passages:
        for stretch in layout.stretches:
            if not stretch.text or stretch.until < passage.start or stretch.at > passage.end:
                continue
            if passage.start == passage.end:
                source = stretch.source(passage.start)
                parts.append((source, source, True))
                break
            low, high = max(stretch.at, passage.start), min(stretch.until, passage.end)
            if low < high and stretch.text != "\n":
                parts.append((stretch.source(low), stretch.source(high), False))
    return _marked(html, _joined(sorted(set(parts)), html), cut_label)


def _joined(parts: list[tuple[int, int, bool]], html: str) -> list[tuple[int, int, bool]]:
    """Neighbours become one mark: a stretch ends at each space that was collapsed and at each entity."""
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
