"""What stands inside an article's root and is no part of its text: by selector, by name, by what links alone say."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newsroom.extraction.measures import Measure, measure
from newsroom.extraction.names import has_furniture_name, is_surely_furniture
from newsroom.extraction.words import HEADINGS, LINES, is_heading_of_furniture, plain

# What canonical text skips, what is no text to read, and what is hidden.
_NO_TEXT = (
    "button, noscript, script, select, style, svg, template, textarea, input, form, dialog, nav, amp-ad, amp-iframe, "
    "annotation, annotation-xml, [hidden], [aria-hidden='true'], .sr-only, .visually-hidden, .screen-reader-text, "
    "[role='navigation'], [role='search'], [role='dialog'], [role='toolbar'], [role='menu'], "
    "[style*='display:none'], [style*='display: none'], [style*='visibility:hidden'], [style*='visibility: hidden']"
)
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)  # however it is written
# What is inside is for browsers that cannot play them; here they are kept, to become links.
_PLAYERS = "audio, canvas, iframe, object, video"
# The widget takes the same out of the page before it reads it.
DROPPED = f"{_NO_TEXT}, {_PLAYERS}"
INLINE = ("span", "a")
BLOCKS = ("div", "section", "p", "ul", "ol", "dl", "table", "aside", "header", "footer", "figure", "details")
SMALL_SHARE = 0.35  # of the root's words; what holds more is the article, whatever its name
LINKED_SHARE = 0.75  # of a block's letters inside links, from where on it is a list of links
KNOWN_SHARE = 0.5
ALL_LINKED = 0.95
LONGEST_HEADING = 70  # letters
TEASER_SHARE = 0.3  # of a teaser with a summary under its linked headline
BOXED_WORDS = 40  # an aside with fewer is a teaser
_no_text, _players = CSSSelector(_NO_TEXT, translator="html"), CSSSelector(_PLAYERS, translator="html")


def drop_unread(root: HtmlElement, chosen: Iterable[HtmlElement] = ()) -> None:
    """Remove what a reader does not see or cannot read as text, and the elements that the Source's selector names."""
    hidden = [each for each in root.iter() if HIDDEN.search(each.get("style") or "")]
    for element in [*_no_text(root), *hidden, *chosen]:
        if not _is_formula(element):
            remove(element, root)
    for player in _players(root):
        for part in player.iter():
            part.text = None
            part.tail = part.tail if part is player else None


def drop_selected(root: HtmlElement, selector: str = "") -> None:
    """The same for a fragment, within which the selector is read. Raises cssselect's SelectorError."""
    drop_unread(root, CSSSelector(selector, translator="html")(root) if selector else ())


def _is_formula(element: HtmlElement) -> bool:
    """Pages hide a formula behind its picture, and nothing else with it."""
    formula = next(element.iter("math"), None)
    return formula is not None and plain(element) == plain(formula)


def drop_furniture(root: HtmlElement, known: Mapping[HtmlElement, int]) -> None:
    """Remove teasers, sharing, tags, bylines, lists of links: found by name and by the share of linked text.

    `known` counts the letters that are held for the article's: a name does not speak against them.
    """
    measures = measure(root)
    most = max(1, measures[root].words) * SMALL_SHARE
    waiting = list(root)
    while waiting:
        element = waiting.pop()
        size = measures[element]
        is_known = known.get(element, 0) >= KNOWN_SHARE * size.letters
        is_named = _is_furniture(element, size, most) and not _is_within_words(element, measures)
        if is_named and (is_surely_furniture(element) or not is_known):
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
    if tag not in (*BLOCKS, *INLINE) or (tag in ("p", *INLINE) and size.words > BOXED_WORDS):
        return False
    holds_code = next(element.iter("pre"), None) is not None  # whose toolbar may give the whole its name
    return has_furniture_name(element) and not holds_code and not _inside_quotation(element)


def _is_within_words(element: HtmlElement, measures: Mapping[HtmlElement, Measure]) -> bool:
    """Part of a sentence: a line that holds more than it."""
    line = element.getparent()
    return element.tag in INLINE and line.tag in LINES and measures[line].letters > 2 * measures[element].letters


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
