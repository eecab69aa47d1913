"""Reporting periods, and case figures in time buckets of a day or a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Q
from django.db.models.functions import TruncDay, TruncWeek
from django.utils import timezone

from corrections.models import Case
from corrections.statistics.median import Median

PERIODS = (7, 30, 90, 365)
DEFAULT_PERIOD = 30
MAX_DAILY = 14  # days; longer periods are grouped by week


@dataclass(frozen=True, slots=True)
class Period:
    """The last `days` days including today; half-open: `since` is included, `until` is not."""

    days: int
    since: datetime
    until: datetime

    def contains(self, field: str) -> Q:
        """Condition that the datetime `field` lies in the period."""
        return Q((f"{field}__gte", self.since), (f"{field}__lt", self.until))

    @property
    def is_daily(self) -> bool:
        return self.days <= MAX_DAILY


@dataclass(frozen=True, slots=True)
class TimeBucket:
    """A day, or a week from its Monday `first`."""

    first: date
    opened: int = 0
    published: int = 0
    declined: int = 0
    to_first_look: timedelta | None = None
    to_correction: timedelta | None = None


def period_of(days: int, *, now: datetime | None = None) -> Period:
    until = timezone.localtime(now)
    first = until.date() - timedelta(days=days - 1)
    return Period(days, since=timezone.make_aware(datetime.combine(first, time.min)), until=until)


def read_buckets(period: Period) -> list[TimeBucket]:
    """ISO weeks from Monday, so the first and last may extend beyond the period."""
    found = {
        first: {"opened": count}
        for first, count in _by_bucket(Case.objects.filter(period.contains("first_at")), period, "first_at")
        .annotate(count=Count("pk"))
        .values_list("bucket", "count")
    }
    for field, aggregates in _bucket_aggregates().items():
        for row in _by_bucket(Case.objects.filter(period.contains(field)), period, field).annotate(**aggregates):
            found.setdefault(row.pop("bucket"), {}).update(row)
    return [TimeBucket(first, **found.get(first, {})) for first in _bucket_dates(period)]


def _bucket_aggregates() -> dict[str, dict[str, Any]]:
    published = Q(state=Case.State.PUBLISHED)
    return {
        "looked_at": {"to_first_look": Median(F("looked_at") - F("first_at"))},
        "decided_at": {
            "published": Count("pk", filter=published),
            "declined": Count("pk", filter=Q(state=Case.State.DECLINED)),
            "to_correction": Median(F("published_in__published_at") - F("first_at"), filter=published),
        },
    }


def _by_bucket(cases: Any, period: Period, field: str) -> Any:
    truncate = TruncDay if period.is_daily else TruncWeek
    return cases.values(bucket=truncate(field, output_field=DateField())).order_by()


def _bucket_dates(period: Period) -> Iterable[date]:
    first, last = period.since.date(), period.until.date()
    if not period.is_daily:
        first -= timedelta(days=first.weekday())
    step = timedelta(days=1 if period.is_daily else 7)
    while first <= last:
        yield first
        first += step
