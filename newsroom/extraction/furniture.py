"""What stands inside an article's root and is no part of its text: by selector, by name, by what links alone say."""

from collections.abc import Iterator, Mapping

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newsroom.extraction.measures import Measure, measure
from newsroom.extraction.names import has_furniture_name, is_surely_furniture
from newsroom.extraction.words import is_heading_of_furniture, plain

# The first group is what canonical text skips; the browser applies this very list (see `DROPPED`).
DROPPED = (
    "button, noscript, script, select, style, template, textarea, input, form, dialog, nav, object[hidden], "
    "[hidden], [style*='display:none' i], [style*='display: none' i], [style*='visibility:hidden' i], "
    "[style*='visibility: hidden' i], [aria-hidden='true'], .sr-only, .visually-hidden, .screen-reader-text, "
    "[role='navigation'], [role='search'], [role='dialog'], [role='toolbar'], [role='menu']"
)
BLOCKS = {
    "div",
    "section",
    "p",
    "ul",
    "ol",
    "dl",
    "table",
    "aside",
    "header",
    "footer",
    "figure",
    "span",
    "a",
    "details",
}
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
SMALL_SHARE = 0.35  # of the root's words; what holds more is the article, whatever its name
LINKED_SHARE = 0.75  # of a block's letters inside links, from where on it is a list of links
KNOWN_SHARE = 0.5
ALL_LINKED = 0.95
LONGEST_HEADING = 70  # letters
TEASER_SHARE = 0.3  # of a teaser with a summary under its linked headline
BOXED_WORDS = 40  # an aside with fewer is a teaser
_dropped = CSSSelector(DROPPED.replace(" i]", "]"), translator="html")


def drop_selected(root: HtmlElement, selector: str = "") -> None:
    """Remove what a reader does not see or cannot read as text, and what the selector names.

    Raises cssselect's SelectorError.
    """
    found = list(_dropped(root)) + (list(CSSSelector(selector, translator="html")(root)) if selector else [])
    for element in found:
        if not any(part.tag == "math" for part in element.iter("math")):  # its picture stands beside it
            remove(element, root)


def drop_furniture(root: HtmlElement, known: Mapping[HtmlElement, int]) -> None:
    """Remove teasers, sharing, tags, bylines, lists of links: found by name and by the share of linked text.

    `known` counts the letters that are held for the article's: a name does not speak against them.
    """
    measures = measure(root)
    most = max(1, measures[root].words) * SMALL_SHARE
    waiting = list(root)
    while waiting:
        element = waiting.pop()
        is_named = isinstance(element.tag, str) and _is_furniture(element, measures[element], most)
        if is_named and (
            is_surely_furniture(element) or known.get(element, 0) < KNOWN_SHARE * measures[element].letters
        ):
            element.drop_tree()
        else:
            waiting += element
    _drop_sections(root, measures)
    _drop_linked_blocks(root, measures)


def remove(element: HtmlElement, root: HtmlElement) -> None:
    """Take it out and leave the text behind it where it was."""
    if element is not root and _is_inside(element, root):
        element.drop_tree()


def _is_inside(element: HtmlElement, root: HtmlElement) -> bool:
    return any(ancestor is root for ancestor in element.iterancestors())


def _is_furniture(element: HtmlElement, size: Measure, most: float) -> bool:
    """`most` words are those of an article, whatever the name of what holds them."""
    tag = element.tag
    if size.words >= most:
        return False
    if tag == "footer":
        return not _inside_quotation(element)
    if tag == "aside":
        return size.words < BOXED_WORDS or size.linked_share > LINKED_SHARE / 2 or has_furniture_name(element)
    if tag not in BLOCKS or (tag in ("p", "span", "a") and size.words > BOXED_WORDS):
        return False
    return has_furniture_name(element) and not _inside_quotation(element)


def _inside_quotation(element: HtmlElement) -> bool:
    return any(ancestor.tag in ("blockquote", "figure", "table") for ancestor in element.iterancestors())


def _drop_sections(root: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> None:
    """A heading such as "Read more" goes with what lists links behind it."""
    for heading in list(root.iter(*HEADINGS, "p", "strong", "div")):
        if measures[heading].letters > LONGEST_HEADING or not is_heading_of_furniture(plain(heading)):
            continue
        following = list(_until_next_heading(heading, measures))
        if heading.tag not in HEADINGS:
            following = [each for each in following[:1] if measures[each].linked_share > LINKED_SHARE]
        if following:
            for element in (*following, heading):
                remove(element, root)


def _until_next_heading(heading: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> Iterator[HtmlElement]:
    """What lists links; a paragraph of the article's own ends it."""
    for sibling in heading.itersiblings():
        size = measures[sibling]
        if sibling.tag in HEADINGS and sibling.tag <= heading.tag:
            return
        if size.words and (sibling.tag == "p" or size.linked_share < TEASER_SHARE):
            return
        yield sibling


def _drop_linked_blocks(root: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> None:
    """A paragraph that is one link, and a division that is nothing but links, lead away from the article."""
    for element in list(root.iter("p", "div", "section", "h3", "h4")):
        is_linked = measures[element].words > 3 and measures[element].linked_share > ALL_LINKED
        if is_linked and not _inside_quotation(element) and not element.xpath(".//img"):
            remove(element, root)
