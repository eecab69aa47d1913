"""CSV and JSON export of cases, streamed in chunks by keyset pagination, so that memory use is constant."""

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
from corrections.statistics.periods import Period

CHUNK_SIZE = 1000  # rows per query

# Column names are a stable interface, so untranslated. No column holds personal data of readers.
COLUMNS = {
    "id": "pk",
    "article": "article__slug",
    "headline": "article__current__stored_text__headline",
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

CaseRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportRange:
    """Number of cases in an export and their highest key, which excludes cases added while it runs."""

    rows: int
    last: int


@dataclass(frozen=True, slots=True)
class ExportFormat:
    name: str
    content_type: str
    write: Callable[[Iterator[list[CaseRow]]], Iterator[str]]


def export_range(period: Period) -> ExportRange:
    found = Case.objects.filter(period.contains("first_at")).aggregate(rows=Count("pk"), last=Max("pk"))
    return ExportRange(found["rows"], found["last"] or 0)


def read_chunks(period: Period, exported: ExportRange) -> Iterator[list[CaseRow]]:
    """The cases first reported in the period, in chunks by key (keyset pagination)."""
    cases = Case.objects.filter(period.contains("first_at"), pk__lte=exported.last).order_by("pk")
    done = 0
    while done < exported.last:
        rows = list(cases.filter(pk__gt=done).values_list(*COLUMNS.values())[:CHUNK_SIZE])
        if not rows:
            return
        yield [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        done = rows[-1][0]


def write_csv(chunks: Iterator[list[CaseRow]]) -> Iterator[str]:
    """RFC 4180, with a header line."""
    yield _csv_lines([list(COLUMNS)])
    for chunk in chunks:
        yield _csv_lines([[_cell(value) for value in row.values()] for row in chunk])


def write_json(chunks: Iterator[list[CaseRow]]) -> Iterator[str]:
    """A JSON array with one case per line, so that the page can count them for its progress bar."""
    opening = "[\n"
    for chunk in chunks:
        yield opening + ",\n".join(json.dumps(row, ensure_ascii=False, default=_as_iso8601) for row in chunk)
        opening = ",\n"
    yield "[\n]\n" if opening == "[\n" else "\n]\n"


def escape_formula(text: str) -> str:
    """Prefix an apostrophe to a cell that a spreadsheet could take for a formula.
    Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection (= + - @, tab, carriage return,
    line feed, the full-width forms); ASVS 5.0 1.2.10 adds the null character. Leading blanks and quotes are skipped,
    since spreadsheets may drop them. Removing one apostrophe restores the cell.
    """
    return f"'{text}" if FORMULA.match(text) else text


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return _as_iso8601(value)
    return escape_formula(value) if isinstance(value, str) else value


def _as_iso8601(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _csv_lines(rows: list[list[Any]]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


FORMATS = {
    "csv": ExportFormat("csv", "text/csv; charset=utf-8; header=present", write_csv),
    "json": ExportFormat("json", "application/json", write_json),
}
