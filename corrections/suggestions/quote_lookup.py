"""Make a Quote of a span, or find a copied passage, for the form without JavaScript."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from corrections.anchoring.relocation import Quote
from corrections.models import Field
from corrections.suggestions.validation import MAX_EXACT
from newsroom.models import Revision

BLANKS = re.compile(r"[ \t\r\n]+")
CONTEXT = 32  # code points on each side of a quote, as in the browser
SHOWN_CONTEXT = 60  # code points around an occurrence, by which the reader recognises it
MAX_OCCURRENCES = 20  # offered; copying more words makes a later one unique


class NotFound(Exception):
    """The words do not occur in the article."""


class Ambiguous(Exception):
    """The words occur several times; the reader chooses one of `occurrences`."""

    def __init__(self, occurrences: list[dict[str, Any]]) -> None:
        super().__init__(len(occurrences))
        self.occurrences = occurrences


def quote_at(revision: Revision, field: str, text: str, span: tuple[int, int]) -> Quote:
    """The quote of a span of the field's canonical `text`."""
    start, end = span
    return Quote(
        field=field,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        revision=revision.number,
    )


def find_quote(revision: Revision, exact: str, *, occurrence: str = "") -> Quote:
    """The quote of words copied from the page; runs of white space compare equal. Raises NotFound, Ambiguous.

    `occurrence` is the index that the reader chose among those offered before.
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
        text = revision.require_content().canonical(field)
        for span in islice(_spans(text, exact), MAX_OCCURRENCES - len(found)):
            found.append(quote_at(revision, field, text, span))
    return found


def _spans(text: str, exact: str) -> Iterator[tuple[int, int]]:
    """Spans of the words, whatever white space separates them.

    Not by a regular expression: one of hundreds of equal words takes quadratic time on a text of such words.
    """
    words, flat = BLANKS.sub(" ", exact), BLANKS.sub(" ", text)
    positions = [at for at in range(len(text)) if not _continues_blanks(text, at)] if flat != text else None
    at = flat.find(words)
    while at != -1:
        last = at + len(words) - 1
        yield (positions[at], positions[last] + 1) if positions else (at, last + 1)
        at = flat.find(words, last + 1)


def _continues_blanks(text: str, at: int) -> bool:
    """Whether the character is the second or a later one of a run of blanks, which counts as one blank."""
    return at > 0 and text[at] in " \t\r\n" and text[at - 1] in " \t\r\n"


def _shown(revision: Revision, quote: Quote, index: int) -> dict[str, Any]:
    text = revision.require_content().canonical(quote.field)
    start, end = quote.start or 0, quote.end or 0
    return {
        "index": index,
        "before": text[max(0, start - SHOWN_CONTEXT) : start],
        "exact": quote.exact,
        "after": text[end : end + SHOWN_CONTEXT],
    }
