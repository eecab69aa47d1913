"""Import of articles from files: plain text, Markdown or a saved news page."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.html import format_html
from lxml.html import fragment_fromstring
from markdown_it import MarkdownIt
from rapidfuzz import fuzz

from newsroom.extraction.encoding import WrongEncoding, decode
from newsroom.extraction.extract import as_article, extract, inner_html
from newsroom.extraction.media import Local, link_pictures
from newsroom.extraction.page import NoPage, parse
from newsroom.extraction.root import RootNotFound
from newsroom.text.html_reader import read

MAX_BYTES = 5 * 1024 * 1024
MAX_TITLE = 300
MAX_LINES = 100_000
# What takes the parser of Markdown seconds: its time grows with lines and marks, with some quadratically.
MAX_MARKDOWN, MAX_MARKS = 500_000, 20_000
MARKS = re.compile(r"[\n\[*_`!<&|]")
WRAPPED_AT = 100  # longest line of hard-wrapped text
TOP_BLOCK = re.compile(r"\s*<(h[1-6]|p)\b[^>]*>(.*?)</\1>", re.DOTALL)


class UnreadableFile(Exception):
    """The file is no article; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """Parts of an article in a file; `body` is HTML not yet sanitised; missing parts are empty.

    `rest` is the body without `first_line`. A text has no title; a page's title may differ from its first line.
    `left_out` counts what an article here cannot hold, by the words of `extraction.media`.
    """

    body: str
    first_line: str
    rest: str
    title: str = ""
    standfirst: str = ""
    byline: str = ""
    language: str = ""
    left_out: Counter[str] = field(default_factory=Counter)


def no_picture(source: str, alt: str) -> dict[str, str]:
    """For a file whose pictures stay where they are."""
    return {}


def read_file(path: Path, *, local: Local = no_picture) -> ImportedArticle:
    """Parse a file by its suffix, else by its first characters; `local` takes pictures along. Raises UnreadableFile."""
    raw = _bytes_of(path)
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or re.match(rb"\s*(<!doctype html|<html)", raw[:200], re.IGNORECASE):
        return _from_page(raw, local)
    text = _text_of(raw)
    return _from_markdown(text, local) if suffix in (".md", ".markdown") else _from_text(text)


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


def _from_markdown(text: str, local: Local) -> ImportedArticle:
    if len(text) > MAX_MARKDOWN:
        raise UnreadableFile(f"the file is too long for Markdown: more than {MAX_MARKDOWN:,} characters")
    if sum(1 for _mark in MARKS.finditer(text)) > MAX_MARKS:
        raise UnreadableFile(
            f"the file is too long for Markdown: more than {MAX_MARKS:,} line ends and marks (* _ ` [ ! < & |)"
        )
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    root, left_out = fragment_fromstring(rendered, create_parent="div"), Counter[str]()
    link_pictures(root, base="", language="", local=local, left_out=left_out)
    body = inner_html(root)
    first_line, rest = _first_block(body)
    return ImportedArticle(body=body, first_line=first_line, rest=rest, left_out=left_out)


def _first_block(body: str) -> tuple[str, str]:
    """Text of the first heading or paragraph, empty where the body begins otherwise; and the rest."""
    first = TOP_BLOCK.match(body)
    return (_one_line(read(first[2]).text), body[first.end() :]) if first else ("", body)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _from_page(raw: bytes, local: Local) -> ImportedArticle:
    try:
        page = parse(decode(raw))
        found = extract(page)
    except WrongEncoding as error:
        raise UnreadableFile(f"the page is not text in {error}, the encoding that it names") from None
    except NoPage as error:
        raise UnreadableFile(str(error)) from None
    except RootNotFound:
        raise UnreadableFile("no article was found in the page") from None
    body = as_article(found, local=local)
    first_line, rest = _first_block(body)
    return ImportedArticle(
        body=rest if first_line == found.headline else body,  # the page's heading is not part of its text
        first_line=first_line,
        rest=rest,
        title=found.headline,
        standfirst=found.standfirst,
        byline=found.byline,
        language=found.language,
        left_out=found.left_out,
    )
