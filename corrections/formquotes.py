"""Finds the passage that somebody copied into the plain form."""

import re
from typing import Any

from corrections.anchoring import Quote
from corrections.models import Field
from newsroom.models import Revision

CONTEXT = 32
SHOWN = 60  # code points around an occurrence, for the reader to tell it by
MOST = 20  # occurrences offered; whoever means a later one can copy more words


class NotFound(Exception):
    """The words stand nowhere in the article."""


class Ambiguous(Exception):
    """The words stand several times; `occurrences` says where, for the reader to choose."""

    def __init__(self, occurrences: list[dict[str, Any]]) -> None:
        super().__init__(len(occurrences))
        self.occurrences = occurrences


def find_quote(revision: Revision, exact: str, *, occurrence: str = "") -> Quote:
    """The quote of words copied from the page, white space apart. Raises NotFound, Ambiguous.

    `occurrence` is the number that the reader chose among those offered before.
    """
    found = _occurrences(revision, exact)
    if not found:
        raise NotFound
    if len(found) == 1:
        return found[0]
    if occurrence.isascii() and occurrence.isdigit() and int(occurrence[:4]) < len(found):
        return found[int(occurrence[:4])]
    raise Ambiguous([_shown(revision, quote, index) for index, quote in enumerate(found)])


def _occurrences(revision: Revision, exact: str) -> list[Quote]:
    words = [re.escape(word) for word in re.split(r"[ \t\r\n]+", exact)]
    pattern = re.compile(r"[ \n]+".join(words))
    found: list[Quote] = []
    for field in Field.values:
        text = revision.content.canonical(field)
        for match in pattern.finditer(text):
            found.append(_quote(revision, field, text, match))
            if len(found) == MOST:
                return found
    return found


def _quote(revision: Revision, field: str, text: str, match: re.Match[str]) -> Quote:
    start, end = match.span()
    return Quote(
        field=field,
        exact=match[0],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        revision=revision.number,
    )


def _shown(revision: Revision, quote: Quote, index: int) -> dict[str, Any]:
    text = revision.content.canonical(quote.field)
    start, end = quote.start or 0, quote.end or 0
    return {
        "index": index,
        "before": text[max(0, start - SHOWN) : start],
        "exact": quote.exact,
        "after": text[end : end + SHOWN],
    }
