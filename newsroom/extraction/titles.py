"""Headline, standfirst and byline of a page: what it prints, checked against what it tells machines."""

import re

from lxml.html import HtmlElement, fragment_fromstring
from rapidfuzz import fuzz

from newsroom.extraction.linked_data import as_list
from newsroom.extraction.page import Page
from newsroom.extraction.words import LINES, SENTENCE_END, SPACE, plain

ALIKE = 80  # of 100, from where on a printed heading is the title that the page gives to machines
SEPARATOR = re.compile(r"\s+(?:[|•·—–»«]|-{1,2}|::)\s+")
BY = re.compile(r"^(?:by|von|par|por|автор(?:ка)?:?|بقلم:?)\s+", re.IGNORECASE)
STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|lead|lede?|dek|deck|summary|intro|chapo|subtitle|subhead\w*|excerpt|description)(?:$|[\s_-])",
    re.IGNORECASE,
)
LONGEST_NAME = 120  # characters of a byline


def headline_of(page: Page, root: HtmlElement) -> str:
    """The heading in the root, or the one on the page that is its title; else the title in the page's data."""
    told = [title for title in _told(page) if title]
    parts = SEPARATOR.split(next((plain(each) for each in page.tree.iter("title")), ""))
    inside = [text for heading in root.iter("h1") if (text := plain(heading))]
    best = max(inside, key=lambda text: _likeness(text, [*told, *parts]), default="")
    if best and (not told or _likeness(best, [*told, *parts]) >= ALIKE):
        return best
    printed = [text for heading in page.tree.iter("h1") if (text := plain(heading))]
    title = told[0] if told else _without_site(parts, [_meta(page.tree, "og:site_name"), *printed])
    best = max(printed, key=lambda text: _likeness(text, [*told, parts[0]]), default="")
    return best if best and _likeness(best, [*told, parts[0]]) >= ALIKE else title


def standfirst_of(page: Page) -> str:
    """What the page says of itself in a sentence or two; empty where it says nothing."""
    told = [_text(each.get("description")) for each in page.articles]
    metas = [_meta(page.tree, name) for name in ("og:description", "description", "twitter:description")]
    return next((_without_markup(text) for text in [*metas, *told] if text), "")


def byline_of(page: Page) -> str:
    """Names of the authors, joined by commas; what is an address or is as long as a text is none."""
    named = [name for each in page.articles for name in _names(each.get("author"))]
    named = named or [_meta(page.tree, name) for name in ("author", "article:author", "parsely-author")]
    named = named if any(named) else [plain(each) for each in _printed_bylines(page.tree)][:1]
    names = dict.fromkeys(BY.sub("", _without_markup(name)).strip(" ,;|") for name in named)
    return ", ".join(name for name in names if name and "://" not in name and len(name) <= LONGEST_NAME)


def is_repeated(text: str, of: str) -> bool:
    """Whether a block only says once more what headline, standfirst or byline say."""
    return bool(text) and bool(of) and fuzz.ratio(text.casefold(), of.casefold()) > 90


def is_in_sentence(element: HtmlElement) -> bool:
    """Whether it is a part of one, such as the name of somebody who is quoted."""
    line = element.getparent()
    return (
        element.tag in ("span", "a")
        and line is not None
        and line.tag in LINES
        and len(plain(line)) > 2 * len(plain(element))
        and bool(SENTENCE_END.search(plain(line)))
    )


def is_standfirst(block: HtmlElement) -> bool:
    """Whether a block is printed as one: a heading, or named so. Else it is the first paragraph of the text."""
    around = [block, *block.iterancestors()][:2]
    return block.tag in ("h2", "h3", "h4") or any(STANDFIRST.search(each.get("class") or "") for each in around)


def _likeness(text: str, titles: list[str]) -> float:
    return max((fuzz.ratio(text.casefold(), title.casefold()) for title in titles), default=0.0)


def _told(page: Page) -> list[str]:
    """Titles that the page gives to machines, without the site's name."""
    titles = [_text(each.get("headline")) for each in page.articles]
    site = [_meta(page.tree, "og:site_name")]
    metas = [_without_site(SEPARATOR.split(_meta(page.tree, name)), site) for name in ("og:title", "twitter:title")]
    return [_without_markup(text) for text in [*titles, *metas]]


def _without_site(parts: list[str], site: list[str]) -> str:
    """Of "Bridge reopens on Monday | The Daily Example" the longest part that is not the site's name."""
    names = {name.casefold() for name in site}
    return max([part for part in parts if part.casefold() not in names] or parts, key=len)


def _meta(tree: HtmlElement, name: str) -> str:
    found = tree.xpath("//meta[@property=$name or @name=$name or @itemprop=$name]/@content", name=name)
    return next((line for each in found if (line := SPACE.sub(" ", str(each)).strip())), "")


def _without_markup(text: str) -> str:
    if "<" in text and ">" in text:
        text = plain(fragment_fromstring(text, create_parent="div"))
    return SPACE.sub(" ", text).strip()


def _printed_bylines(tree: HtmlElement) -> list[HtmlElement]:
    found = tree.xpath(
        "//*[contains(concat(' ', @rel, ' '), ' author ') or @itemprop='author'"
        " or contains(concat(' ', @class, ' '), ' byline ') or contains(concat(' ', @class, ' '), ' author ')]"
    )
    return [each for each in found if not is_in_sentence(each)] if isinstance(found, list) else []


def _names(author: object) -> list[str]:
    return [_text(each.get("name") if isinstance(each, dict) else each) for each in as_list(author)]


def _text(value: object) -> str:
    return SPACE.sub(" ", value).strip() if isinstance(value, str) else ""
