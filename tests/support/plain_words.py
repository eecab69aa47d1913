"""Finds words in plain Latin letters in what people see of a page, or of a template's own text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import html

# What nobody reads as words, or what stays as it is in every language.
UNREAD = {"script", "style", "code", "pre", "kbd"}
MARKUP = "desk-markup"  # the class of what shows HTML
ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title", "summary", "label")
# Attributes of our own elements that hold sentences for scripts.
SENTENCES = re.compile(
    r"data-(label|words|text|column|running|complete|cancelled|incomplete|unreachable|refused|message-\w+)"
)
# Addresses, hosts, fingerprints, code points, codes of acts and of their subjects, marks for scripts.
NO_WORDS = re.compile(
    r"""\S+@\S+|https?:\S*|mailto:|/[\w/.<>…-]*|[\w-]+\.(?:atom|json|xml|csv|svg)|[\w-]+\.example|\b[0-9a-f]{8,}…?
    |U\+[0-9A-F]{4,}|\bmsg_\w+
    |\b[a-z]+(?:_[a-z]+)+\b|\b(?:ask|return)-withholding\b|\b(?:article|webhook|editor):\w+|\beditor\d+|\w+\*{5,}|\[\w+\]""",
    re.VERBOSE,
)
WORD = re.compile(r"[A-Za-z]{2,}")


def plain_words(markup: str, *, allowed: Iterable[str] = ()) -> list[str]:
    """Every stretch of text with a word of two plain letters or more that is not `allowed`."""
    known, page = set(allowed), html.fromstring(markup)
    return [
        text
        for text in map(str.strip, _read(page, page.get("lang", "")))
        if set(WORD.findall(NO_WORDS.sub(" ", text))) - known
    ]


def _read(element: Any, language: str) -> Iterator[str]:
    """What stands there in the language of the page."""
    if isinstance(element.tag, str) and element.tag not in UNREAD and element.get("lang", language) == language:
        if element.get("class") == MARKUP:
            return
        yield from _attributes(element)
        if element.tag != "textarea":  # what somebody typed
            yield element.text or ""
        for child in element:
            yield from _read(child, language)
            yield child.tail or ""


def _attributes(element: Any) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name in ATTRIBUTES or SENTENCES.fullmatch(name):
            yield value
    if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
        yield element.get("value", "")
    if element.tag == "meta" and element.get("name") == "description":
        yield element.get("content", "")
