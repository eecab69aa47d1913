"""From a page and the Source's selectors to an article, its body in the page's own markup."""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from itertools import islice, takewhile
from urllib.parse import urljoin

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newsroom.extraction import furniture, titles
from newsroom.extraction.inline import write_formulas, write_quotations, write_readings
from newsroom.extraction.measures import RUNNING_TEXT
from newsroom.extraction.media import Local, link_pictures, link_players
from newsroom.extraction.page import Page, is_web
from newsroom.extraction.root import drop_unhinted, guess_root, hint_of, hinted_letters, root_by
from newsroom.extraction.words import HEADINGS, SENTENCE_END, plain
from newsroom.text.html_layout import SKIPPED

# A day or an hour in a short line above the text: of the page, not of the article.
DATED = re.compile(
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\.? \w+\.? \d{4}\b|\b\w+ \d{1,2}, \d{4}\b"
)
BEFORE_TEXT = 6  # blocks at the top of a root, among which headline, standfirst and byline may be repeated


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of a Source; empty ones are guessed. `drop` names what is no part of the text."""

    root: str = ""
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    drop: str = ""


GUESSED = Selectors()


@dataclass(slots=True)
class Extracted:
    """Parts of an article; `root` is a copy that may be changed, `left_out` counts what `as_article` leaves out."""

    headline: str
    standfirst: str
    byline: str
    language: str
    root: HtmlElement
    base: str
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def body(self) -> str:
        """HTML within the root, a formula as the letters that browsers find in it; not yet sanitised."""
        root = self.root if next(self.root.iter("math"), None) is None else deepcopy(self.root)
        for part in [each for math in root.iter("math") for each in math.iter()]:
            part.drop_tag()
        return inner_html(root)


def inner_html(root: HtmlElement) -> str:
    """Markup of all that is inside an element."""
    inside = (etree.tostring(child, encoding="unicode", method="html") for child in root)
    return escape(root.text or "", quote=False) + "".join(inside)


def extract(page: Page, selectors: Selectors = GUESSED) -> Extracted:
    """The text that a reader's browser sees in the root. Raises RootNotFound, RootAmbiguous, SelectorError."""
    guessed = not selectors.root
    hint = hint_of(page.tree) if guessed else ""
    root = guess_root(page.tree, hint) if guessed else root_by(page.tree, selectors.root)
    found = Extracted(
        headline=_selected(page.tree, selectors.headline) or titles.headline_of(page, root),
        standfirst=_selected(page.tree, selectors.standfirst) or titles.standfirst_of(page),
        byline=_selected(page.tree, selectors.byline) or titles.byline_of(page),
        language=_language(root) or page.language,
        root=deepcopy(root),
        base=page.base,
    )
    found.root.tail = None
    furniture.drop_unread(found.root, _chosen(page.tree, selectors.drop, root, found.root))
    if guessed:
        _drop_head(found)
        furniture.drop_furniture(found.root, hinted_letters(found.root, hint))
        drop_unhinted(found.root, hint)
    return found


def as_article(found: Extracted, *, local: Local) -> str:
    """Body of an article of our own: pictures and players linked, quotations and formulas in characters."""
    write_formulas(found.root)
    write_quotations(found.root, found.language)
    write_readings(found.root)
    link_players(found.root, base=found.base, language=found.language, left_out=found.left_out)
    link_pictures(found.root, base=found.base, language=found.language, local=local, left_out=found.left_out)
    _resolve_links(found.root, found.base)
    return found.body


def as_published(found: Extracted) -> str:
    """Body of an article that stays on its own site: the text that browsers see there, character for character."""
    for element in list(found.root.iter("img", "picture", "video", "audio", "iframe", *SKIPPED)):
        furniture.remove(element, found.root)
    _resolve_links(found.root, found.base)
    return found.body


def _chosen(tree: HtmlElement, selector: str, root: HtmlElement, copy: HtmlElement) -> list[HtmlElement]:
    """What a selector finds in the whole page, as a browser reads it: here the elements of the root's copy."""
    chosen = set(CSSSelector(selector, translator="html")(tree)) if selector else set()
    return [copied for own, copied in zip(root.iter(), copy.iter(), strict=True) if own in chosen]


def _selected(tree: HtmlElement, selector: str) -> str:
    found = CSSSelector(selector, translator="html")(tree) if selector else []
    return plain(found[0]) if found else ""


def _language(root: HtmlElement) -> str:
    """Of the nearest element that names one, below the page's own."""
    for element in (root, *root.iterancestors()):
        if element.tag != "html" and element.get("lang"):
            return str(element.get("lang")).replace("_", "-").lower()
    return ""


def _drop_head(found: Extracted) -> None:
    """What repeats headline, standfirst or byline at the top goes, with what stands above: they are fields."""
    headings = [each for each in found.root.iter("h1") if titles.is_repeated(plain(each), found.headline)]
    for earlier in _before(headings[0], found.root) if headings and _is_at_top(headings[0], found.root) else []:
        furniture.remove(earlier, found.root)
    for heading in headings:
        furniture.remove(heading, found.root)
    for block in _first_blocks(found.root):
        known = [found.headline, found.byline, *([found.standfirst] if titles.is_standfirst(block) else [])]
        if any(titles.is_repeated(plain(block), each) for each in known):
            furniture.remove(block, found.root)
    for block in _first_blocks(found.root):
        line = plain(block)
        if len(line) >= RUNNING_TEXT:
            break
        if DATED.search(line) and block.tag not in HEADINGS and not SENTENCE_END.search(line):
            furniture.remove(block, found.root)
    if _begins_with(found.root, found.standfirst):
        found.standfirst = ""


def _is_at_top(heading: HtmlElement, root: HtmlElement) -> bool:
    """Whether no paragraph of running text stands above it."""
    above = takewhile(lambda each: each is not heading, root.iter())
    return not any(each.tag == "p" and len(plain(each)) >= RUNNING_TEXT for each in above)


def _first_blocks(root: HtmlElement) -> list[HtmlElement]:
    blocks = root.iter("h1", "h2", "h3", "h4", "p", "div", "span", "address")
    lines = (each for each in blocks if each is not root and plain(each) and not titles.is_in_sentence(each))
    return list(islice(lines, BEFORE_TEXT))


def _before(heading: HtmlElement, root: HtmlElement) -> list[HtmlElement]:
    """What stands above it within the root, unless it is running text or a picture."""
    found: list[HtmlElement] = []
    for holder in (heading, *heading.iterancestors()):
        if holder is root:
            return found
        found += [each for each in holder.itersiblings(preceding=True) if not _is_text(each)]
    return []


def _is_text(element: HtmlElement) -> bool:
    return bool(element.xpath(".//img | .//figure")) or element.tag in ("img", "figure") or len(plain(element)) > 120


def _begins_with(root: HtmlElement, standfirst: str) -> bool:
    """A description that only repeats how the text begins is no standfirst."""
    begin = standfirst.rstrip(".… []").removesuffix("...")[:80].casefold()
    text = plain(root).casefold()
    within = len(standfirst) + 200 if len(begin) >= RUNNING_TEXT else len(begin)
    return bool(begin) and begin in text[:within]


def _resolve_links(root: HtmlElement, base: str) -> None:
    """A link to another place in the page, or to one that nobody can know, becomes its words."""
    for link in list(root.iter("a")):
        address = str(link.get("href") or "").strip()
        resolved = _resolved(address, base)
        if resolved and not address.startswith("#"):
            link.set("href", resolved)
        else:
            link.attrib.pop("href", None)


def _resolved(address: str, base: str) -> str:
    try:
        resolved = urljoin(base, address)
    except ValueError:
        return ""
    return resolved if is_web(resolved) or resolved.startswith("mailto:") else ""
