"""Reads which passages of an article readers reported, placed in one of its revisions; never what a reader wrote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corrections.anchoring import Relocation
from corrections.models import Case
from corrections.notices import STATUS_OF_CASE, ReaderStatus
from newsroom.models import Revision, RevisionText
from newsroom.published import EPOCH, MICROSECOND, PAGE_SIZE, BadCursor

CURSOR = re.compile("([0-9a-f]{1,14})-([0-9a-f]{1,15})")


@dataclass(frozen=True, slots=True)
class Report:
    """A reported passage: code points of the field's canonical text in the revision asked for; `count` readers.

    Where words were deleted, or are to be put in, `start` and `end` are the same.
    """

    field: str
    start: int
    end: int
    count: int
    state: ReaderStatus
    reason: str | None


@dataclass(frozen=True, slots=True)
class Reports:
    """One page; `next` is the cursor of the one after it. It may show fewer than a page holds, even none."""

    items: list[Report]
    next: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a case is known to stand: a revision's key, and a span in the case's field of it."""

    revision: int
    start: int
    end: int


def read_reports(revision: Revision, cursor: str = "") -> Reports:
    """The open and decided passages of the revision's article, the one reported last first. Raises BadCursor.

    A passage that does not stand in `revision` is left out, but counts for the length of a page.
    """
    cases = Case.objects.filter(article_id=revision.article_id).exclude(field="").exclude(state=Case.State.WITHDRAWN)
    if cursor:
        moment, key = _read_cursor(cursor)
        cases = cases.filter(last_at__lte=moment).exclude(last_at=moment, pk__gte=key)
    found = list(cases.select_related("published_in").order_by("-last_at", "-pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    return Reports(_reports(page, revision), _cursor(page[-1]) if len(found) > PAGE_SIZE else None)


def _reports(cases: Sequence[Case], revision: Revision) -> list[Report]:
    origins = [(case, origin) for case in cases if (origin := _origin(case, revision))]
    follow = _Follower(revision, {origin.revision for _case, origin in origins})
    reports = []
    for case, origin in origins:
        span = follow.span(case.field, origin)
        if span is not None:
            state = STATUS_OF_CASE[Case.State(case.state)]
            reports.append(Report(case.field, *span, case.readers, state, case.reason or None))
    return reports


def _origin(case: Case, revision: Revision) -> Origin | None:
    """The nearest place to begin from: the published words for what came after them, else where the case last stood."""
    published = case.published_in
    if published and published.number <= revision.number and case.spot_start is not None and case.spot_end is not None:
        return Origin(published.pk, case.spot_start, case.spot_end)
    if case.start is None or case.end is None:
        return None
    return Origin(case.anchored_in_id, case.start, case.end)


class _Follower:
    """Follows spans of several revisions into one; each pair of texts is compared once."""

    def __init__(self, revision: Revision, origins: set[int]) -> None:
        self._target = revision.pk
        # Bodies are not needed beside their text. Words that had to be withheld are missing here.
        self._words = RevisionText.objects.defer("body").in_bulk(origins | {revision.pk})
        self._relocations: dict[tuple[int, str], Relocation] = {}

    def span(self, field: str, origin: Origin) -> tuple[int, int] | None:
        """None where the passage does not stand in the revision, or where its words are not public."""
        old, new = self._words.get(origin.revision), self._words.get(self._target)
        if old is None or new is None:
            return None
        if origin.revision == self._target:
            return origin.start, origin.end
        key = (origin.revision, field)
        if key not in self._relocations:
            self._relocations[key] = Relocation(old.canonical(field), new.canonical(field))
        anchor = self._relocations[key].relocate(origin.start, origin.end)
        return (anchor.start, anchor.end) if anchor.start is not None and anchor.end is not None else None


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
