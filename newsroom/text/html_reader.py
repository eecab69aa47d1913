"""Parse a body's HTML into a Layout, applying the white-space and block rules of canonical text."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from newsroom.text.html_layout import BLOCKS, SKIPPED, VOID, Element, Flow, Layout, TextRun

# Only ASCII white space collapses, as in HTML; no-break and other Unicode spaces are ordinary characters.
WORDS_OR_SPACE = re.compile(r"[^ \t\n\f\r]+(?: [^ \t\n\f\r]+)*|[ \t\n\f\r]+")
SPACE = " \t\n\f\r"
REFERENCE = re.compile(r"\r\n?|&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def read(html: str) -> Layout:
    return _Reader(html).layout


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.layout = Layout(html)
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._parts: list[str] = []
        self._length = 0
        self._open: list[Element] = []
        self._skipping = 0
        self._data: tuple[int, str] | None = None
        self._flow = Flow(number=0, start=0, end=0, at=0, until=0, pre=False)
        self._has_text = False  # in the current flow
        self._in_line = False  # the line has text, so a space may follow
        self._space: int | None = None  # run of white space that becomes visible if a word follows
        self.feed(html)
        self.close()
        self._read_data(len(html))
        for element in self._open:
            element.stop = element.end = len(html)
        self._block_boundary(len(html), len(html))
        self.layout.text = "".join(self._parts)

    def _position(self) -> int:
        line, column = self.getpos()
        position = self._lines[line - 1] + column
        self._read_data(position)
        return position

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._position()
        inner = start + len(self.get_starttag_text() or "")
        self._skipping += tag in SKIPPED
        if self._skipping:
            return
        element = Element(tag, start, inner, self._open[-1] if self._open else None, any(k == "id" for k, _ in attrs))
        self.layout.elements.append(element)
        if tag == "br":
            self._break(start, inner)
        if tag in BLOCKS:
            self._block_boundary(start, inner)
        if tag in VOID:
            element.stop = element.end = inner
        else:
            self._open.append(element)
        self._flow.pre = self._in_pre()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._position()
        end = self.layout.html.find(">", start) + 1
        if tag in SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif not self._skipping:
            if tag in BLOCKS:
                self._block_boundary(start, end)
            self._close_element(tag, start, end)
            self._flow.pre = self._in_pre()

    def _close_element(self, tag: str, start: int, end: int) -> None:
        if all(element.name != tag for element in self._open):
            return
        while (element := self._open.pop()).name != tag:
            element.stop = element.end = start
        element.stop, element.end = start, end

    def _in_pre(self) -> bool:
        return any(element.name == "pre" for element in self._open)

    def handle_data(self, data: str) -> None:
        self._data = (self._position(), data)

    def handle_comment(self, data: str) -> None:
        self._position()

    def handle_decl(self, decl: str) -> None:
        self._position()

    def handle_pi(self, data: str) -> None:
        self._position()

    def unknown_decl(self, data: str) -> None:
        self._position()

    def _read_data(self, end: int) -> None:
        if self._data is None:
            return
        (start, data), self._data = self._data, None
        if self._skipping:
            return
        after_pre = self._open and self._open[-1].name == "pre" and self._open[-1].inner == start
        for text, first, last in _units(self.layout.html[start:end], data, start):
            if after_pre and text[0] == "\n":  # parsers drop one line feed after <pre>
                text, first = text[1:], first + 1 if len(text) == last - first else last
                self._flow.start = first
            after_pre = False
            self._read_text(text, first, last)

    def _read_text(self, text: str, start: int, end: int) -> None:
        if self._flow.pre:
            self._add(text, start, end)
            return
        one_to_one = len(text) == end - start
        for match in WORDS_OR_SPACE.finditer(text):
            span = (start + match.start(), start + match.end()) if one_to_one else (start, end)
            if match[0][0] not in SPACE:
                self._add(match[0], *span)
                continue
            if self._in_line and self._space is None:
                self._space = len(self.layout.runs)
            self._append("", *span)

    def _append(self, text: str, start: int, end: int) -> None:
        parent = self._open[-1] if self._open else None
        self.layout.runs.append(TextRun(self._length, text, start, end, self._flow.number, parent))
        self._parts.append(text)
        self._length += len(text)

    def _add(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if self._space is not None:
            self._display_space(self._space)
        if not self._has_text:
            if self._length:
                self._parts.append("\n\n")
                self._length += 2
            self._flow.at = self._length
        self._has_text = self._in_line = True
        self._append(text, start, end)

    def _display_space(self, index: int) -> None:
        self._space = None
        self._parts.append(" ")
        self._length += 1
        space, *dropped = self.layout.runs[index:]
        space.text = " "
        for run in dropped:
            run.at += 1

    def _break(self, start: int, end: int) -> None:
        self._space = None
        self._add("\n", start, end)
        self._in_line = False

    def _block_boundary(self, start: int, end: int) -> None:
        """A block starts or ends with the tag html[start:end]."""
        flow, self._space = self._flow, None
        if self._has_text:
            flow.end, flow.until = start, self._length
            self.layout.flows.append(flow)
        self._has_text = self._in_line = False
        self._flow = Flow(number=flow.number + 1, start=end, end=end, at=0, until=0, pre=False)


def _units(raw: str, data: str, base: int) -> Iterator[tuple[str, int, int]]:
    """Split a text token into plain text and single character references, with source offsets."""
    if unescape(raw) != data:  # the parser skipped markup inside: treat it as one unit
        yield data, base, base + len(raw)
        return
    at = 0
    for match in REFERENCE.finditer(raw):
        text = "\n" if match[0][0] == "\r" else unescape(match[0])
        if match.start() > at:
            yield raw[at : match.start()], base + at, base + match.start()
        if text:
            yield text, base + match.start(), base + match.end()
        at = match.end()
    if at < len(raw):
        yield raw[at:], base + at, base + len(raw)
