"""Import of articles from files: plain text, Markdown or a saved news page."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import trafilatura
from django.utils.html import escape, format_html
from lxml import etree
from markdown_it import MarkdownIt
from rapidfuzz import fuzz

from newsroom.text.html_reader import read
from newsroom.text.sanitizer import TooLong, refuse_many_attributes

MAX_BYTES = 5 * 1024 * 1024
MAX_TITLE = 300
MAX_LINES = 100_000
MAX_TAGS = 20_000  # of a page, end tags not counted
TAG = re.compile(rb"<[a-zA-Z]")
# What takes the parser of Markdown seconds: its time grows with lines and marks, with some quadratically.
MAX_MARKDOWN, MAX_MARKS = 500_000, 20_000
MARKS = re.compile(r"[\n\[*_`!<&|]")
WRAPPED_AT = 100  # longest line of hard-wrapped text
FIGURE = "\ue000"  # private-use marker for figures: the extractor keeps paragraphs only
TOP_BLOCK = re.compile(r"\s*<(h[1-6]|p)\b[^>]*>(.*?)</\1>", re.DOTALL)
MARKED_FIGURE = re.compile(f"<p>\\s*{FIGURE}(.*?)</p>", re.DOTALL)
PICTURE = re.compile(r"<img\b[^>]*>")
ATTRIBUTE = re.compile(r'(src|alt)="([^"]*)"')


class UnreadableFile(Exception):
    """The file is no article; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """Parts of an article in a file; `body` is HTML not yet sanitised; missing parts are empty.

    `rest` is the body without `first_line`. A text has no title; a page's title may differ from its first line.
    """

    body: str
    first_line: str
    rest: str
    title: str = ""
    standfirst: str = ""
    byline: str = ""
    language: str = ""


def read_file(path: Path) -> ImportedArticle:
    """Parse a file by its suffix, else by its first characters. Raises UnreadableFile."""
    raw = _bytes_of(path)
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or re.match(rb"\s*(<!doctype html|<html)", raw[:200], re.IGNORECASE):
        return _from_page(raw)
    text = _text_of(raw)
    return _from_markdown(text) if suffix in (".md", ".markdown") else _from_text(text)


def split_headline(found: ImportedArticle) -> tuple[str, str]:
    """The page's title or the first line, and the body without it. Raises UnreadableFile when there is none."""
    title = found.title or found.first_line
    if not title:
        raise UnreadableFile("the file has no title and no first line; give one with --headline")
    if len(title) > MAX_TITLE:
        raise UnreadableFile(
            f"the first line has {len(title)} characters, too long for a headline; give one with --headline"
        )
    return title, found.rest if found.first_line == title else found.body


def begins_with_headline(found: ImportedArticle, *, headline: str, text: str) -> bool:
    """Whether the first line is a headline, old or new, rather than the beginning of the text.

    It is the one of the two, as they are in the article now, to which it is more similar.
    """
    if found.title or not found.first_line:
        return bool(found.title)
    first_block = text.partition("\n\n")[0]
    return len(found.first_line) <= MAX_TITLE and fuzz.ratio(found.first_line, headline) >= fuzz.ratio(
        found.first_line, first_block
    )


def _bytes_of(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from None
    if not raw.strip():
        raise UnreadableFile(f"{path} is empty")
    if len(raw) > MAX_BYTES:
        raise UnreadableFile(f"{path} is larger than {MAX_BYTES // 1024 // 1024} MB")
    if b"\0" in raw:
        raise UnreadableFile(f"{path} is not text")
    return raw


def _text_of(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"the file is not text in UTF-8 (at byte {error.start})") from None


def _from_text(text: str) -> ImportedArticle:
    if text.count("\n") > MAX_LINES:
        raise UnreadableFile(f"the file has more than {MAX_LINES:,} lines")
    first, _end, rest = text.strip().partition("\n")
    return ImportedArticle(body=_paragraphs(text), first_line=_one_line(first), rest=_paragraphs(rest))


def _paragraphs(text: str) -> str:
    """One per line; for hard-wrapped text one per block of lines."""
    blocks = [[line.strip() for line in block.split("\n")] for block in re.split(r"\n[ \t]*\n", text.strip())]
    if max(len(line) for block in blocks for line in block) <= WRAPPED_AT:
        blocks = [[" ".join(block)] for block in blocks]
    return "".join(format_html("<p>{}</p>\n", line) for block in blocks for line in block if line)


def _from_markdown(text: str) -> ImportedArticle:
    if len(text) > MAX_MARKDOWN:
        raise UnreadableFile(f"the file is too long for Markdown: more than {MAX_MARKDOWN:,} characters")
    if sum(1 for _mark in MARKS.finditer(text)) > MAX_MARKS:
        raise UnreadableFile(
            f"the file is too long for Markdown: more than {MAX_MARKS:,} line ends and marks (* _ ` [ ! < & |)"
        )
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    body = _pictures_as_captions(body, address="")
    first_line, rest = _first_block(body)
    return ImportedArticle(body=body, first_line=first_line, rest=rest)


def _first_block(body: str) -> tuple[str, str]:
    """Text of the first heading or paragraph, empty where the body begins otherwise; and the rest."""
    first = TOP_BLOCK.match(body)
    return (_one_line(read(first[2]).text), body[first.end() :]) if first else ("", body)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _from_page(raw: bytes) -> ImportedArticle:
    try:
        refuse_many_attributes(raw.decode("latin-1"))  # all markup is ASCII
    except TooLong as refusal:
        raise UnreadableFile(f"the page has {refusal}") from None
    if sum(1 for _tag in TAG.finditer(raw)) > MAX_TAGS:
        raise UnreadableFile(f"the page has more than {MAX_TAGS:,} elements")
    tree = trafilatura.load_html(raw)
    if tree is None:
        raise UnreadableFile("the file is not an HTML page")
    address = _address_of(tree)
    for figure in tree.iter("figure"):
        _mark_figure(figure, address)
    content = trafilatura.extract(
        etree.tostring(tree, encoding="unicode", method="html"),
        output_format="html",
        include_links=True,
        include_images=True,
        include_formatting=True,
        include_tables=True,
        include_comments=False,
        url=address or None,
    )
    if not content:
        raise UnreadableFile("no article was found in the page")
    known = trafilatura.extract_metadata(tree)
    body = content.partition("<body>")[2].rpartition("</body>")[0]
    body = MARKED_FIGURE.sub(r"<figure><figcaption>\1</figcaption></figure>", body)
    body = _pictures_as_captions(body, address=address)
    title = _one_line(known.title or "")
    first_line, rest = _first_block(body)
    return ImportedArticle(
        body=rest if first_line == title else body,  # the page's heading is not part of its text
        first_line=first_line,
        rest=rest,
        title=title,
        standfirst=known.description or "",
        byline=known.author or "",
        language=str(tree.get("lang") or "").split("-")[0].lower(),
    )


def _address_of(tree: etree._Element) -> str:
    """The page's canonical URL; empty where it names none."""
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    address = str(found[0]) if isinstance(found, list) and found else ""
    return address if address.startswith(("http://", "https://")) else ""


def _mark_figure(figure: etree._Element, address: str) -> None:
    """Replace a figure by a marked paragraph with its caption and a link to its picture."""
    caption = " ".join("".join(map(str, part.itertext())) for part in figure.iter("figcaption"))
    picture = next(iter(figure.iter("img")), None)
    source = urljoin(address, picture.get("src") or "") if picture is not None else ""
    caption = caption or (picture.get("alt") or "" if picture is not None else "")
    tail = figure.tail
    figure.clear()
    figure.tag, figure.tail = "p", tail
    figure.text = f"{FIGURE}{' '.join(caption.split())} "
    if _is_absolute(source):
        link = etree.SubElement(figure, "a", href=source)
        link.text = _name_of(source)


def _pictures_as_captions(body: str, *, address: str) -> str:
    """Replace pictures of other sites by their captions and links to the source."""

    def caption(found: re.Match[str]) -> str:
        attributes = dict(ATTRIBUTE.findall(found[0]))
        source = urljoin(address, attributes.get("src", ""))
        link = f' <a href="{source}">{escape(_name_of(source))}</a>' if _is_absolute(source) else ""
        return f"<figure><figcaption>{attributes.get('alt', '')}{link}</figcaption></figure>"

    # A figure is not allowed in a paragraph: a paragraph with nothing but a picture is replaced.
    body = re.sub(r"<p>\s*(<img\b[^>]*>)\s*</p>", r"\1", body)
    return PICTURE.sub(caption, body)


def _is_absolute(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _name_of(source: str) -> str:
    parts = urlsplit(source)
    return parts.path.rsplit("/", 1)[-1] or parts.netloc
