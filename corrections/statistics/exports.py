"""Cases as rows of a file: read and sent in chunks, so that a year's cases need no more memory than a day's."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from django.db.models import Count, Max

from corrections.models import Case
from corrections.statistics.queries import Period

CHUNK = 1000  # rows read with one query and sent in one piece

# What each column holds: names that programs read, in English always. Nothing here says who a reader is.
COLUMNS = {
    "id": "pk",
    "article": "article__slug",
    "headline": "article__current__content__headline",
    "section": "article__section",
    "language": "article__language",
    "state": "state",
    "category": "category",
    "field": "field",
    "passage": "exact",
    "suggested": "replacement",
    "readers": "readers",
    "first_at": "first_at",
    "looked_at": "looked_at",
    "decided_at": "decided_at",
    "decided_by": "decided_by__public_name",
    "reason": "reason",
    "revision": "published_in__number",
}
FORMULA = re.compile(r"[\"']*[\t\r\n\0]|[\s\"'\ufeff]*[=+\-@＝＋－＠]")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Extent:
    """How many cases an export has, and the key of the last: one that comes in meanwhile is none of them."""

    rows: int
    last: int


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    content_type: str
    written: Callable[[Iterator[list[Row]]], Iterator[str]]


def measure(period: Period) -> Extent:
    found = Case.objects.filter(period.has("first_at")).aggregate(rows=Count("pk"), last=Max("pk"))
    return Extent(found["rows"], found["last"] or 0)


def read_chunks(period: Period, extent: Extent) -> Iterator[list[Row]]:
    """The cases first reported in the period, by key: each chunk begins behind the last one's end."""
    cases = Case.objects.filter(period.has("first_at"), pk__lte=extent.last).order_by("pk")
    done = 0
    while done < extent.last:
        rows = list(cases.filter(pk__gt=done).values_list(*COLUMNS.values())[:CHUNK])
        if not rows:
            return
        yield [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        done = rows[-1][0]


def written_as_csv(chunks: Iterator[list[Row]]) -> Iterator[str]:
    """RFC 4180: a header line, then a line for each case."""
    yield _lines([list(COLUMNS)])
    for chunk in chunks:
        yield _lines([[_cell(value) for value in row.values()] for row in chunk])


def written_as_json(chunks: Iterator[list[Row]]) -> Iterator[str]:
    """An array with each case on a line of its own, so that who reads it can count them as they come."""
    opening = "[\n"
    for chunk in chunks:
        yield opening + ",\n".join(json.dumps(row, ensure_ascii=False, default=_stamp) for row in chunk)
        opening = ",\n"
    yield "[\n]\n" if opening == "[\n" else "\n]\n"


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what could begin one.

    Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection (= + - @, tab, carriage return,
    line feed, the full-width forms); ASVS 5.0 1.2.10 adds the null character. A spreadsheet may drop blanks and quotes
    before it looks, so they count as nothing here. Whoever needs the cell as it was takes one apostrophe away again.
    """
    return f"'{text}" if FORMULA.match(text) else text


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return _stamp(value)
    return harmless(value) if isinstance(value, str) else value


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _lines(rows: list[list[Any]]) -> str:
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8; header=present", written_as_csv),
    "json": Format("json", "application/json", written_as_json),
}
