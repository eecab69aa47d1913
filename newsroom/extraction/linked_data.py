"""The articles that a page describes to machines in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review)$")
MAX_DEPTH = 5


def articles_of(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Each object of a type of article; JSON that cannot be read is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for each in _objects(data):
            if any(ARTICLE_TYPES.search(str(kind)) for kind in as_list(each.get("@type"))):
                yield each


def as_list(value: object) -> list[Any]:
    """A property of JSON-LD has one value or a list of them."""
    return value if isinstance(value, list) else [value] if value else []


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < MAX_DEPTH:
        for each in data:
            yield from _objects(each, depth + 1)
    elif isinstance(data, dict) and depth < MAX_DEPTH:
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(name), depth + 1)
