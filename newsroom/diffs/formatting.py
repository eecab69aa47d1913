"""Formatting diff of two bodies: which words became a link, emphasis, a heading; which pictures changed."""

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
ATTRIBUTE = re.compile('([a-z]+)="([^"]*)"')  # as the sanitizer writes them
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
class Format:
    """One format of a run of text; `target` is the URL of a link or picture."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Reformatted(Piece):
    """Unchanged words with different formatting."""

    removed: tuple[Format, ...] = ()
    added: tuple[Format, ...] = ()


@dataclass(frozen=True, slots=True)
class _FormattedRun:
    text: str
    formats: frozenset[Format]


def has_same_tags(old: str, new: str) -> bool:
    """Whether two bodies have identical tags, so that only words can differ."""
    return TAG.findall(old) == TAG.findall(new)


def formatting_diff(old: str, new: str) -> list[Piece]:
    """Word diff of two HTML bodies; pictures are paragraphs, words with different formatting are Reformatted."""
    before, after = _runs(read(old)), _runs(read(new))
    old_formats, new_formats = _formats_per_character(before), _formats_per_character(after)
    pieces: list[Piece] = []
    at_old = at_new = 0
    for piece in word_diff("".join(run.text for run in before), "".join(run.text for run in after)):
        length = len(piece.text)
        if piece.op == "equal":
            pairs = zip(old_formats[at_old : at_old + length], new_formats[at_new : at_new + length], strict=True)
            pieces += _reformatted(piece.text, list(pairs))
        else:
            pieces.append(piece)
        at_old += length if piece.op != "insert" else 0
        at_new += length if piece.op != "delete" else 0
    return pieces


def _reformatted(text: str, pairs: list[tuple[frozenset[Format], frozenset[Format]]]) -> Iterator[Piece]:
    at = 0
    for (removed, added), group in groupby(pairs, key=lambda pair: (pair[0] - pair[1], pair[1] - pair[0])):
        until = at + sum(1 for _ in group)
        if removed or added:
            yield Reformatted("equal", text[at:until], removed=tuple(sorted(removed)), added=tuple(sorted(added)))
        else:
            yield Piece("equal", text[at:until])
        at = until


def _formats_per_character(runs: list[_FormattedRun]) -> list[frozenset[Format]]:
    """The formats of each character."""
    return [run.formats for run in runs for _ in run.text]


def _runs(layout: Layout) -> list[_FormattedRun]:
    """Canonical text in runs of equal formatting; each picture is a paragraph of its own."""
    known: dict[Element | None, frozenset[Format]] = {None: frozenset()}
    shown: list[tuple[int, str, frozenset[Format], int]] = [
        (run.start, run.text, _formats(run.parent, layout.html, known), run.flow) for run in layout.runs if run.text
    ]
    for number, image in enumerate(element for element in layout.elements if element.name == "img"):
        values = _attributes(image, layout.html)
        formats = frozenset([Format("picture", values.get("src", ""))])
        shown.append((image.start, f"{PICTURE} {values.get('alt', '')}".strip(), formats, -1 - number))
    runs: list[_FormattedRun] = []
    last: int | None = None
    for _start, text, formats, flow in sorted(shown, key=lambda entry: entry[0]):
        if last is not None and flow != last:
            runs.append(_FormattedRun(BREAK, frozenset()))
        runs.append(_FormattedRun(text, formats))
        last = flow
    return runs


def _formats(element: Element | None, html: str, known: dict[Element | None, frozenset[Format]]) -> frozenset[Format]:
    if element not in known:
        own: frozenset[Format] = frozenset()
        if element and element.name == "a":
            own = frozenset([Format("link", _attributes(element, html).get("href", ""))])
        elif element and element.name in KINDS:
            own = frozenset([Format(KINDS[element.name])])
        known[element] = own | _formats(element.parent if element else None, html, known)
    return known[element]


def _attributes(element: Element, html: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(html[element.start : element.inner])}
