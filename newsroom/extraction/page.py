"""Parse a page: its tree, its own address, and the language it says that it is written in."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from lxml.etree import ParserError, strip_elements
from lxml.html import HtmlElement

from newsroom.extraction.linked_data import articles_of

MAX_TAGS = 20_000  # end tags not counted
MAX_DEPTH = 250  # libxml2 as trafilatura uses it ends at 256
MAX_ATTRIBUTES = 300  # of one tag
TAG = re.compile("<[a-zA-Z]")
VOID = ("source", "track", "wbr")
UNREAD = ("script", "style", "noscript", "template")
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")
# What a page says of its language, best first: the attribute that browsers obey, then what search engines read.
LANGUAGE_OF = (
    "/html/@lang",
    "/html/@*[name()='xml:lang' or local-name()='lang']",
    "//body/@lang",
    "//article/@lang | //main/@lang",
    "//meta[translate(@http-equiv, 'CONTELAGU', 'contelagu')='content-language']/@content",
    "//meta[@property='og:locale']/@content",
    "//meta[@itemprop='inLanguage' or @name='language' or @name='dc.language']/@content",
)
ADDRESS_OF = ("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href", "//meta[@property='og:url']/@content")


class NoPage(ValueError):
    """There is no element in it, or more than can be read in a moment; the message says which."""


@dataclass(frozen=True, slots=True)
class Page:
    """`address` is the canonical one, `base` what its relative links start from; empty where the page names none.

    `tree` is without scripts and styles; `articles` are the objects of the page's JSON-LD that are articles.
    """

    tree: HtmlElement
    articles: list[dict[str, Any]]
    address: str
    base: str
    language: str


def is_free_to_read(page: Page) -> bool:
    """Whether it does not say of itself that only subscribers read all of it (schema.org's isAccessibleForFree)."""
    return not any(str(each.get("isAccessibleForFree", "")).lower() == "false" for each in page.articles)


def parse(html: str, *, address: str = "") -> Page:
    """`address` is where the page was fetched from, if it was. Raises NoPage."""
    tree = _tree(html)
    articles = list(articles_of(tree))
    strip_elements(tree, *UNREAD, with_tail=False)
    _close_void(tree)
    own = next((found for path in ADDRESS_OF for found in _strings(tree, path) if is_web(urljoin(address, found))), "")
    own = urljoin(address, own)
    base = urljoin(address or own, next(iter(_strings(tree, "//base/@href")), ""))
    base = base if is_web(base) else ""
    return Page(tree=tree, articles=articles, address=own or address, base=base, language=_language(tree))


def _tree(html: str) -> HtmlElement:
    # Without its own limit libxml2 ends at 256 levels, and the rest of the article would be lost without a word.
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    if sum(1 for _tag in TAG.finditer(html)) > 2 * MAX_TAGS:  # scripts may hold as many that are none
        raise NoPage(f"the page has more than {MAX_TAGS:,} elements")
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError):
        raise NoPage("the file is not an HTML page") from None
    count, depth = 0, 0
    for event, element in lxml_html.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise NoPage(f"the page has elements nested more than {MAX_DEPTH} deep")
        if len(element.attrib) > MAX_ATTRIBUTES:
            raise NoPage(f"the page has a tag with more than {MAX_ATTRIBUTES} attributes")
    if count > MAX_TAGS:
        raise NoPage(f"the page has more than {MAX_TAGS:,} elements")
    return tree


def _close_void(tree: HtmlElement) -> None:
    """libxml2 does not know that these are void, and puts what follows into them."""
    for element in list(tree.iter(*VOID)):
        for child in reversed(list(element)):
            element.addnext(child)
        element.tail, element.text = (element.text or "") + (element.tail or ""), None


def is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _language(tree: HtmlElement) -> str:
    """Lower case with hyphens, such as "pt-br"; empty where the page says nothing that is a language."""
    said = (found.split(",")[0].strip() for path in LANGUAGE_OF for found in _strings(tree, path))
    code = next((code for code in said if LANGUAGE.fullmatch(code)), "")
    return code.replace("_", "-").lower()


def _strings(tree: HtmlElement, path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(each).strip() for each in found if str(each).strip()] if isinstance(found, list) else []
