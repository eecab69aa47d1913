"""Pages of our own making, shaped as well-known systems shape theirs, each with the text that a reader sees."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree, html
from lxml.cssselect import CSSSelector

from newsroom.extraction.encoding import decode
from newsroom.extraction.extract import Selectors

PAGES = Path(__file__).parent / "pages"
# Lines of a text file that are selectors; the others are what is to be found.
NAMED = {f"{name}-by": name for name in ("headline", "standfirst", "byline")} | {"root": "root", "drop": "drop"}


@dataclass(frozen=True, slots=True)
class SavedPage:
    """`text` is canonical; beside each `name.html` stands `name.txt`: what is expected, an empty line, the text."""

    name: str
    html: str
    selectors: Selectors
    expected: dict[str, str]
    text: str


def saved_pages() -> Iterator[SavedPage]:
    for path in sorted(PAGES.glob("*.html")):
        head, _blank, text = path.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")
        said = dict(line.split(": ", 1) for line in head.splitlines())
        selectors = Selectors(**{NAMED[key]: value for key, value in said.items() if key in NAMED})
        expected = {key: value for key, value in said.items() if key not in NAMED}
        yield SavedPage(path.stem, decode(path.read_bytes()), selectors, expected, text.removesuffix("\n"))


def wrapped(page: SavedPage, body: str) -> SavedPage:
    """The same page around another article, whose text is not said."""
    tree = html.document_fromstring(page.html)
    [root] = CSSSelector(page.selectors.root, translator="html")(tree)
    inside = html.fragment_fromstring(body, create_parent="div")
    for child in list(root):
        root.remove(child)
    root.text = inside.text
    root.extend(inside)
    document = etree.tostring(tree, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return replace(page, html=document, text="")
