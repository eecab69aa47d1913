"""Sanitise HTML from editors and imports: an allow-list (nh3), then inline content wrapped in blocks."""

import re
from collections import Counter
from enum import StrEnum
from html.parser import HTMLParser

import nh3

from newsroom.text.forbidden_characters import ControlCharacters, refuse_control_characters
from newsroom.text.html_layout import VOID
from newsroom.text.links import whole_address

__all__ = ["ControlCharacters", "Limit", "TooLong", "plain_line", "refuse_many_attributes", "sanitise"]

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 20_000  # a table of 4,000 rows; every parser's time grows with them
MAX_REFERENCES = 60_000  # nh3 copies all the rest of a text at each of these: 0.9 s in 2 MB
MAX_BRACKETS = 100_000  # < and >
MAX_BREAKS = 100_000  # line ends and runs of blanks: each is a place of its own in the canonical text
MAX_ATTRIBUTES = 300  # of one tag: nh3 compares each with all before it
MAX_OVERLAPS = 10 * MAX_BYTES  # of tags that are read for their attributes, where they begin within one another
# Browsers stop nesting at 512 and would then extract a different text.
MAX_DEPTH = 100

BLOCK_NAMES = (
    "p h2 h3 h4 ul ol li blockquote pre hr dl dt dd figure figcaption table caption thead tbody tfoot tr th td"
)
INLINE_NAMES = "code a em strong b i s sub sup br img cite abbr"
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4"}
# Blocks without meaning in an article: dropped, but their content stays in separate blocks.
UNWRAPPED_NAMES = (
    "div section article aside header footer main nav details summary address center form fieldset legend hgroup menu "
    "dir dialog search"
)
BLOCKS, INLINE, UNWRAPPED = (set(names.split()) for names in (BLOCK_NAMES, INLINE_NAMES, UNWRAPPED_NAMES))
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
}
LANGUAGE, PIXELS, CELLS = re.compile(r"[A-Za-z0-9-]{1,35}"), re.compile(r"\d{1,5}"), re.compile(r"\d{1,3}")
# No tabs or backslashes: browsers normalise them, so a path could become another site's URL.
OWN_PATH = re.compile(r"/(?!/)[^\s\\]*")
# As nh3 treats a link's address; it does not look at a quotation's.
LINK = re.compile(r"(?i:https?:|mailto:)[^\s\\]*|[^\s\\:/?#]*(?:[/?#][^\s\\]*)?")
VALUES = {
    "cite": LINK,
    "lang": LANGUAGE,
    "hreflang": LANGUAGE,
    "dir": re.compile("ltr|rtl|auto"),
    "src": OWN_PATH,
    "width": PIXELS,
    "height": PIXELS,
    "start": re.compile(r"-?\d{1,6}"),
    "colspan": CELLS,
    "rowspan": CELLS,
    "scope": re.compile("row|col|rowgroup|colgroup"),
}
TAG = re.compile(r"<(/?)([a-z][^\s/>]*)")
# A tag as the HTML standard reads it, up to MAX_ATTRIBUTES, and whether one more follows.
TAG_START = re.compile("</?[a-zA-Z]")
BLANK = r"[ \t\n\f\r]"
ATTRIBUTE = (
    r"(?:[ \t\n\f\r/]*+(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)"
    rf"(?:{BLANK}*+={BLANK}*+" + r"""(?:"[^"]*+"?+|'[^']*+'?+|[^ \t\n\f\r>]*+))?+)"""
)
TAG_WITH_ATTRIBUTES = re.compile(rf"</?[a-zA-Z][^ \t\n\f\r/>]*+{ATTRIBUTE}{{0,{MAX_ATTRIBUTES}}}+({ATTRIBUTE})?")
OPTIONAL_END_TAGS = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"}
REFERENCE = re.compile("[&\u0080-\u00bf]")  # what nh3 escapes, and what begins with the same byte as a no-break space
BREAK = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")  # single spaces are part of the words around them
WHITE_SPACE = re.compile(r"[ \t\n\f\r]+")


class Limit(StrEnum):
    """What was crossed, beyond which parsing would take seconds."""

    BYTES = f"more than {MAX_BYTES // 1_000_000} MB of HTML"
    ELEMENTS = f"more than {MAX_ELEMENTS:,} elements"
    REFERENCES = f"more than {MAX_REFERENCES:,} “&”, no-break spaces and marks like « and ¿"
    BRACKETS = f"more than {MAX_BRACKETS:,} “<” and “>”"
    BREAKS = f"more than {MAX_BREAKS:,} line ends and runs of blanks"
    ATTRIBUTES = f"a tag with more than {MAX_ATTRIBUTES} attributes"
    OVERLAPS = f"tags within tags, together more than {MAX_OVERLAPS // 1_000_000} MB"
    DEPTH = f"elements nested more than {MAX_DEPTH} deep"


class TooLong(ValueError):
    """HTML that would take seconds to parse."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.value)
        self.limit = limit


def sanitise(html: str) -> str:
    """Keep only allowed HTML and put all text into blocks. Run once, at save: it is not idempotent.

    h1 becomes h2, h5 and h6 become h4; loose text and text in a <div> become paragraphs; an inline element around
    blocks moves into each of them; empty elements go; a link without a scheme gets one. Pictures may only point to this
    site.
    Raises TooLong, ControlCharacters.
    """
    refuse_control_characters(html)
    if len(html.encode()) > MAX_BYTES:
        raise TooLong(Limit.BYTES)
    _refuse_oversized(html)
    cleaned = nh3.clean(
        html,
        tags=BLOCKS | INLINE | UNWRAPPED | set(RENAMED),
        attributes=ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    refuse_control_characters(cleaned)  # entities such as &#7; are decoded now
    return _BlockNormalizer(cleaned).result


def plain_line(text: str) -> str:
    """A headline, standfirst or byline as one line of plain text. Raises ControlCharacters."""
    refuse_control_characters(text)
    return WHITE_SPACE.sub(" ", text).strip(" ")


def _refuse_oversized(html: str) -> None:
    """Refuse HTML that would take nh3 minutes: its time is quadratic in the nesting depth."""
    if sum(1 for _mark in REFERENCE.finditer(html)) > MAX_REFERENCES:
        raise TooLong(Limit.REFERENCES)
    if html.count("<") + html.count(">") > MAX_BRACKETS:
        raise TooLong(Limit.BRACKETS)
    if sum(1 for _run in BREAK.finditer(html)) > MAX_BREAKS:
        raise TooLong(Limit.BREAKS)
    refuse_many_attributes(html)
    is_open: Counter[str] = Counter()
    tags = TAG.findall(html.lower())
    if sum(not slash for slash, _name in tags) > MAX_ELEMENTS:
        raise TooLong(Limit.ELEMENTS)
    for slash, name in tags:
        if name in VOID or name in OPTIONAL_END_TAGS:
            continue
        if not slash:
            is_open[name] += 1
        elif is_open[name]:
            is_open[name] -= 1
        if is_open[name] > MAX_DEPTH * 10:
            raise TooLong(Limit.DEPTH)


def refuse_many_attributes(html: str) -> None:
    """From everything that may begin a tag, also within a comment or a value: what nh3 takes for one is among them.

    In ordinary HTML tags do not overlap; where they do again and again, reading them is bounded as well.
    Raises TooLong.
    """
    read = 0
    for start in TAG_START.finditer(html):
        tag = TAG_WITH_ATTRIBUTES.match(html, start.start())
        read += len(tag[0]) if tag else 0
        if tag and tag[1]:
            raise TooLong(Limit.ATTRIBUTES)
        if read > MAX_OVERLAPS:
            raise TooLong(Limit.OVERLAPS)


def _allowed_value(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "cite"):
        value = whole_address(value) or value
    pattern = VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


class _BlockNormalizer(HTMLParser):
    """Rewrite nh3's well-formed output: inline content goes into blocks, blocks only into blocks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._parts: list[str] = []
        self._blocks: list[str] = []
        self._inline: list[tuple[str, str]] = []  # name and start tag
        self._written = 0  # number of inline elements open in the output
        self._in_flow = False
        self._in_own_paragraph = False
        self.feed(html)
        self.close()
        self._end_flow()
        self.result = "".join(self._parts).strip(" \t\n\f\r")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = self.get_starttag_text() or ""
        if tag in ("br", "img"):
            if tag == "br" or dict(attrs).get("src"):
                self._write_inline(source)
        elif tag in INLINE:
            self._inline.append((tag, "" if tag == "a" and not dict(attrs).get("href") else source))
        else:
            self._end_flow()
            name = RENAMED.get(tag, tag)
            if name not in UNWRAPPED:
                self._parts.append(f"<{name}{source[1 + len(tag) :]}")
            if name not in VOID:
                self._blocks.append(name)
        if len(self._blocks) + len(self._inline) > MAX_DEPTH:
            raise TooLong(Limit.DEPTH)

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            name, source = self._inline.pop()
            if self._written > len(self._inline):
                self._written -= 1
                self._parts.append(f"</{name}>" if source else "")
        else:
            self._end_flow()
            name = self._blocks.pop()
            if name not in UNWRAPPED:
                self._parts.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        if self._in_flow or "pre" in self._blocks or data.strip(" \t\n\f\r"):
            self._write_inline(data)
        else:
            self._parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self._write_inline(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write_inline(f"&#{name};")

    def _write_inline(self, markup: str) -> None:
        if not self._in_flow and (not self._blocks or self._blocks[-1] in UNWRAPPED):
            self._parts.append("<p>")
            self._in_own_paragraph = True
        self._in_flow = True
        self._parts += [source for _, source in self._inline[self._written :]]
        self._written = len(self._inline)
        self._parts.append(markup)

    def _end_flow(self) -> None:
        self._parts += [f"</{name}>" for name, source in reversed(self._inline[: self._written]) if source]
        self._written = 0
        if self._in_own_paragraph:
            self._parts.append("</p>")
        self._in_flow = self._in_own_paragraph = False
