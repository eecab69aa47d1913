"""Finds the passage that somebody copied into the plain form."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from corrections.anchoring.relocation import Quote
from corrections.models import Field
from corrections.suggestions.validation import MAX_EXACT
from newsroom.models import Revision

BLANKS = re.compile(r"[ \t\r\n]+")
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
    if len(exact) > MAX_EXACT:
        return []
    found: list[Quote] = []
    for field in Field.values:
        text = revision.content.canonical(field)
        for start, end in islice(_spans(text, exact), MOST - len(found)):
            found.append(_quote(revision, field, text, start, end))
    return found


def _spans(text: str, exact: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, whatever white space lies between them.

    Not with a pattern of them: one of hundreds of equal words looks at each place of a text of such words anew.
    """
    words, flat = BLANKS.sub(" ", exact), BLANKS.sub(" ", text)
    kept = [at for at, character in enumerate(text) if not _goes_on(text, at, character)] if flat != text else None
    at = flat.find(words)
    while at != -1:
        last = at + len(words) - 1
        yield (kept[at], kept[last] + 1) if kept else (at, last + 1)
        at = flat.find(words, last + 1)


def _goes_on(text: str, at: int, character: str) -> bool:
    """Whether it is the second or a later one of a run of blanks, of which only the first is looked at."""
    return at > 0 and character in " \t\r\n" and text[at - 1] in " \t\r\n"


def _quote(revision: Revision, field: str, text: str, start: int, end: int) -> Quote:
    return Quote(
        field=field,
        exact=text[start:end],
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
