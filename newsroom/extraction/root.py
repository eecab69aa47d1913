"""Find the element that holds an article's text: by the Source's selector, else guessed."""

import re

import trafilatura
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from newsroom.extraction.furniture import remove
from newsroom.extraction.measures import Measure, measure
from newsroom.extraction.words import HEADINGS

# Where systems that many newsrooms use put an article's text; schema.org's property first.
COMMON_ROOTS = CSSSelector(
    "[itemprop~='articleBody'], .entry-content, .post-content, .article-body, .article__body, .article-content, "
    ".article__content, .articleBody, .article-text, .story-body, .story-content, .post-body, .post__content, "
    ".gh-content, .content__article-body, .td-post-content, .field--name-body, .rich-text, #article-body, "
    "#articleBody, #story-body, .StoryBodyCompanionColumn, .mw-parser-output",
    translator="html",
)
SHORTEST_TEXT = 15  # letters: what is shorter may stand anywhere on a page
SHORTEST_LINE, LONGEST_LINE = 6, 200  # letters of a whole division: fewer are found in any text
MOST = 0.9  # of the hint's letters have to be in the root
ASIDE_SHARE = 0.08  # a sibling with so much running text of its own is the rest of the article
MOST_LEVELS = 500_000  # beyond, trafilatura's second opinion, which asks each level about all below it, takes seconds
LINKS = 0.6  # linked share of a list that leads away
NO_LETTERS = re.compile(r"\W+")


class RootNotFound(ValueError):
    """No element has an article's text."""


class RootAmbiguous(ValueError):
    """The selector finds several elements; `count` says how many."""

    def __init__(self, selector: str, count: int) -> None:
        super().__init__(f"{selector}: {count}")
        self.count = count


def root_by(tree: HtmlElement, selector: str) -> HtmlElement:
    """The one element of a selector. Raises RootNotFound, RootAmbiguous, cssselect's SelectorError."""
    found = CSSSelector(selector, translator="html")(tree)
    if not found:
        raise RootNotFound(selector)
    if len(found) > 1:
        raise RootAmbiguous(selector, len(found))
    return found[0]


def guess_root(tree: HtmlElement, hint: str) -> HtmlElement:
    """The smallest element with the text of the hint and what runs on beside it. Raises RootNotFound."""
    body = next(iter(tree.iter("body")), tree)
    weights = hinted_letters(body, hint) or hinted_letters(body, hint, shortest=1)
    measures = measure(body)
    total = weights.get(body, 0)
    if not total:
        raise RootNotFound
    root = body
    while (child := _heaviest(root, weights)) is not None and weights[child] >= MOST * total:
        if measures[root].prose - measures[child].prose > ASIDE_SHARE * max(measures[child].prose, 1):
            break
        root = child
    common = [each for each in COMMON_ROOTS(root) if weights.get(each, 0) >= MOST * total]
    outside = measures[root].prose - measures[common[-1]].prose if common else 0
    return common[-1] if common and outside <= ASIDE_SHARE * measures[root].prose else root


def hint_of(tree: HtmlElement) -> str:
    """What trafilatura takes for the article's text: good for where it stands, not for how it reads."""
    page = etree.tostring(tree, encoding="unicode", method="html")
    is_deep = _levels(tree) > MOST_LEVELS
    found = trafilatura.extract(page, output_format="txt", include_comments=False, include_tables=True, fast=is_deep)
    return _letters(found or "")


def _levels(tree: HtmlElement) -> int:
    """Of all elements together: an element in the third level counts three."""
    depth = levels = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        levels += depth if event == "start" else 0
    return levels


def drop_unhinted(root: HtmlElement, hint: str) -> None:
    """Remove divisions without a word of the hint and without running text, a list, a table or a picture."""
    weights, measures = hinted_letters(root, hint), measure(root)
    followed = _followed(root, weights, measures)
    order = {element: number for number, element in enumerate(root.iter())}
    end = max((order[element] for element in weights if element in order), default=0)
    for element in list(root.iter("div", "section", "ul", *HEADINGS)):
        size = measures[element]
        if element is root or element in weights or size.prose > ASIDE_SHARE * measures[root].prose:
            continue
        if (element.tag == "ul" and size.linked_share < LINKS) or (element.tag in HEADINGS and element in followed):
            continue
        if _is_between(element, weights) or (
            order[element] < end and size.letters <= LONGEST_LINE and _is_hinted(element, hint)
        ):
            continue
        inside = any(each.tag in ("figure", "blockquote", "table", "li") for each in element.iterancestors())
        holds = element.xpath(".//table | .//figure | .//blockquote | .//pre | .//img")
        if not inside and not (holds and size.linked_share < 0.5):
            remove(element, root)


def _is_hinted(element: HtmlElement, hint: str) -> bool:
    """A short line of the hint, which markup may break into parts."""
    line = _letters(element.text_content())
    return len(line) >= SHORTEST_LINE and line in hint


def _is_between(element: HtmlElement, weights: dict[HtmlElement, int]) -> bool:
    """A short line among those of the text."""
    return element.tag == "div" and element.getprevious() in weights and element.getnext() in weights


def _followed(
    root: HtmlElement, weights: dict[HtmlElement, int], measures: dict[HtmlElement, Measure]
) -> set[HtmlElement]:
    """Headings behind which something of the text stands, up to the end of their division."""
    found: set[HtmlElement] = set()
    for division in root.iter():
        is_followed = False
        for child in reversed(division):
            is_followed = is_followed or bool(child.tail and child.tail.strip())
            if is_followed and child.tag in HEADINGS:
                found.add(child)
            is_followed = is_followed or child in weights or bool(measures[child].prose)
    return found


def hinted_letters(body: HtmlElement, hint: str, *, shortest: int = SHORTEST_TEXT) -> dict[HtmlElement, int]:
    """Letters of the hint in each element, all that is inside counted."""
    weights: dict[HtmlElement, int] = {}
    for _event, element in etree.iterwalk(body, events=("end",)):
        own = sum(_known(text, hint, shortest) for text in [element.text, *(child.tail for child in element)])
        inside = own + sum(weights.get(child, 0) for child in element)
        if inside:
            weights[element] = inside
    return weights


def _known(text: str | None, hint: str, shortest: int) -> int:
    line = _letters(text or "")
    return len(line) if len(line) >= shortest and line in hint else 0


def _letters(text: str) -> str:
    return NO_LETTERS.sub("", text)


def _heaviest(root: HtmlElement, weights: dict[HtmlElement, int]) -> HtmlElement | None:
    return max((child for child in root if child in weights), key=lambda child: weights[child], default=None)
