"""A CSS selector for an element that was guessed, so that the next look, and readers' browsers, find the same one."""

import re
from collections.abc import Iterator

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

NAME = re.compile(r"[a-zA-Z][a-zA-Z_-]*")  # no digits: they are of one article, such as post-4711
GENERATED = re.compile(r"^(?:css|sc|jsx|svelte)-|^[a-z]{1,2}[A-Z]|__[a-zA-Z]+_{2,}")


def selector_of(root: HtmlElement) -> str:
    """The shortest that finds this element alone on its page; empty where none does."""
    tree = root.getroottree().getroot()
    return next((each for each in _candidates(root) if _finds(tree, each) == [root]), "")


def _candidates(element: HtmlElement, levels: int = 3) -> Iterator[str]:
    own = list(_names(element))
    yield from own
    parent = element.getparent()
    if levels and parent is not None:
        for above in _candidates(parent, levels - 1):
            for name in own:
                yield f"{above} > {name}"


def _names(element: HtmlElement) -> Iterator[str]:
    if element.get("itemprop") == "articleBody":
        yield "[itemprop='articleBody']"
    if NAME.fullmatch(element.get("id") or ""):
        yield f"#{element.get('id')}"
    classes = [
        name for name in (element.get("class") or "").split() if NAME.fullmatch(name) and not GENERATED.match(name)
    ]
    yield from (f".{name}" for name in classes)
    yield from (f"{element.tag}.{name}" for name in classes)
    yield str(element.tag)


def _finds(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    return list(CSSSelector(selector, translator="html")(tree))
