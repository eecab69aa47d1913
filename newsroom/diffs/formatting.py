"""How the words of a body are set: what is a link, what is emphasised, where a picture stands; and how that changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from newsroom.diffs.words import Piece, word_diff
from newsroom.text.html_layout import Element, Layout
from newsroom.text.html_reader import read

BREAK = "\n\n"
PICTURE = "▦"
TAG = re.compile("<[^>]+>")
ATTRIBUTE = re.compile('([a-z]+)="([^"]*)"')  # as the sanitiser writes them
KINDS = {
    **dict.fromkeys(("em", "i", "cite"), "emphasis"),
    **dict.fromkeys(("strong", "b"), "bold"),
    **dict.fromkeys(("h2", "h3", "h4"), "heading"),
    **dict.fromkeys(("ul", "ol"), "list"),
    **dict.fromkeys(("code", "pre"), "code"),
    "blockquote": "quotation",
    "table": "table",
    "figcaption": "caption",
    "s": "struck",
    "sub": "sub",
    "sup": "sup",
}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One thing about how words are set; `target` is the address of a link or a picture."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Restyled(Piece):
    """Words that are the same on both sides and set otherwise: what was true of them, and what is true now."""

    gone: tuple[Mark, ...] = ()
    come: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    marks: frozenset[Mark]


def is_set_alike(old: str, new: str) -> bool:
    """Whether two bodies have the very same tags, so that only words can differ."""
    return TAG.findall(old) == TAG.findall(new)


def styled_diff(old: str, new: str) -> list[Piece]:
    """A word diff of two bodies of HTML, in which pictures are paragraphs, and words set otherwise are Restyled."""
    before, after = _runs(read(old)), _runs(read(new))
    old_marks, new_marks = _marks_of(before), _marks_of(after)
    pieces: list[Piece] = []
    at_old = at_new = 0
    for piece in word_diff("".join(run.text for run in before), "".join(run.text for run in after)):
        length = len(piece.text)
        if piece.op == "equal":
            pairs = zip(old_marks[at_old : at_old + length], new_marks[at_new : at_new + length], strict=True)
            pieces += _restyled(piece.text, list(pairs))
        else:
            pieces.append(piece)
        at_old += length if piece.op != "insert" else 0
        at_new += length if piece.op != "delete" else 0
    return pieces


def _restyled(text: str, pairs: list[tuple[frozenset[Mark], frozenset[Mark]]]) -> Iterator[Piece]:
    at = 0
    for (gone, come), group in groupby(pairs, key=lambda pair: (pair[0] - pair[1], pair[1] - pair[0])):
        until = at + sum(1 for _ in group)
        if gone or come:
            yield Restyled("equal", text[at:until], gone=tuple(sorted(gone)), come=tuple(sorted(come)))
        else:
            yield Piece("equal", text[at:until])
        at = until


def _marks_of(runs: list[_Run]) -> list[frozenset[Mark]]:
    """The marks of each character."""
    return [run.marks for run in runs for _ in run.text]


def _runs(layout: Layout) -> list[_Run]:
    """The canonical text in stretches of one setting, with a paragraph of its own for each picture."""
    known: dict[Element | None, frozenset[Mark]] = {None: frozenset()}
    shown: list[tuple[int, str, frozenset[Mark], int]] = [
        (stretch.start, stretch.text, _marks(stretch.parent, layout.html, known), stretch.flow)
        for stretch in layout.stretches
        if stretch.text
    ]
    for number, image in enumerate(element for element in layout.elements if element.name == "img"):
        values = _attributes(image, layout.html)
        marks = frozenset([Mark("picture", values.get("src", ""))])
        shown.append((image.start, f"{PICTURE} {values.get('alt', '')}".strip(), marks, -1 - number))
    runs: list[_Run] = []
    last: int | None = None
    for _start, text, marks, flow in sorted(shown, key=lambda entry: entry[0]):
        if last is not None and flow != last:
            runs.append(_Run(BREAK, frozenset()))
        runs.append(_Run(text, marks))
        last = flow
    return runs


def _marks(element: Element | None, html: str, known: dict[Element | None, frozenset[Mark]]) -> frozenset[Mark]:
    if element not in known:
        own: frozenset[Mark] = frozenset()
        if element and element.name == "a":
            own = frozenset([Mark("link", _attributes(element, html).get("href", ""))])
        elif element and element.name in KINDS:
            own = frozenset([Mark(KINDS[element.name])])
        known[element] = own | _marks(element.parent if element else None, html, known)
    return known[element]


def _attributes(element: Element, html: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(html[element.start : element.inner])}
