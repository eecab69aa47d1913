"""List the reported passages of an article, placed in one of its revisions. Never the text of a reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corrections.models import Case
from corrections.suggestions.reader_status import STATUS_OF_CASE, ReaderStatus
from corrections.triage.tracking import PassageTracker, origin_of
from newsroom.models import Revision
from newsroom.record.queries import EPOCH, MICROSECOND, PAGE_SIZE, BadCursor

CURSOR = re.compile("([0-9a-f]{1,14})-([0-9a-f]{1,15})")


@dataclass(frozen=True, slots=True)
class Report:
    """A reported passage: code points of the field's canonical text in the requested revision; `count` readers.

    `start` equals `end` for a deletion or insertion.
    """

    field: str
    start: int
    end: int
    count: int
    state: ReaderStatus
    reason: str | None


@dataclass(frozen=True, slots=True)
class Reports:
    """One page of a keyset-paginated list; it may have fewer items than the page size, even none."""

    items: list[Report]
    next: str | None


def read_reports(revision: Revision, cursor: str = "") -> Reports:
    """Open and decided passages of the revision's article, the last reported first. Raises BadCursor.

    A passage that is not in `revision` is omitted, but counts towards the page size.
    """
    cases = (
        Case.objects.reported()
        .filter(article_id=revision.article_id)
        .exclude(field="")
        .exclude(state=Case.State.WITHDRAWN)
    )
    if cursor:
        moment, key = _read_cursor(cursor)
        cases = cases.filter(last_at__lte=moment).exclude(last_at=moment, pk__gte=key)
    found = list(cases.select_related("published_in").order_by("-last_at", "-pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    return Reports(_reports(page, revision), _cursor(page[-1]) if len(found) > PAGE_SIZE else None)


def _reports(cases: Sequence[Case], revision: Revision) -> list[Report]:
    origins = [(case, origin) for case in cases if (origin := origin_of(case, revision))]
    follow = PassageTracker(revision, {origin.revision for _case, origin in origins})
    reports = []
    for case, origin in origins:
        span = follow.span(case.field, origin)
        if span is not None:
            state = STATUS_OF_CASE[Case.State(case.state)]
            reports.append(Report(case.field, span.start, span.end, case.readers, state, case.reason or None))
    return reports


def _cursor(case: Case) -> str:
    return f"{(case.last_at - EPOCH) // MICROSECOND:x}-{case.pk:x}"


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    found = CURSOR.fullmatch(cursor)
    if found is None:
        raise BadCursor(cursor)
    try:
        return EPOCH + int(found[1], 16) * MICROSECOND, int(found[2], 16)
    except OverflowError:
        raise BadCursor(cursor) from None
