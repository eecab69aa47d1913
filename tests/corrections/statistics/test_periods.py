"""Periods of the statistics, by day and by week."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from corrections.models import Case
from corrections.statistics.periods import period_of, read_buckets
from corrections.statistics.queries import read_statistics
from newsroom.record.queries import MICROSECOND
from tests.corrections.statistics.settled_cases import hours, numbers_of, settled
from tests.support.desk_page import make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_weeks_begin_on_monday_and_none_is_left_out() -> None:
    article = make_article()
    settled(article, Case.State.DECLINED, reported=timedelta(days=9), look=hours(6), decided=timedelta(days=8))
    buckets = numbers_of().buckets
    firsts = [date(2026, 2, 16), date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]
    assert [bucket.first for bucket in buckets] == firsts
    assert [bucket.opened for bucket in buckets] == [0, 0, 0, 1, 0]
    assert [bucket.declined for bucket in buckets] == [0, 0, 0, 0, 1]
    assert [bucket.to_first_look for bucket in buckets] == [None, None, None, hours(6), None]


def test_a_week_is_told_day_by_day() -> None:
    settled(make_article(), Case.State.DECLINED, reported=hours(1), decided=hours(0.5))
    buckets = numbers_of(7).buckets
    assert [bucket.first.day for bucket in buckets] == [12, 13, 14, 15, 16, 17, 18]
    assert [bucket.declined for bucket in buckets] == [0, 0, 0, 0, 0, 0, 1]


def test_a_day_is_the_newsrooms_own_and_not_the_databases(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    now = datetime(2026, 3, 17, 20, 0, tzinfo=timezone.get_fixed_timezone(0))  # the 18th in Tokyo
    make_case(make_article())
    Case.objects.update(first_at=now - hours(1))
    buckets = read_statistics(period_of(7, now=now)).buckets
    assert (buckets[-1].first, buckets[-1].opened) == (date(2026, 3, 18), 1)


SITE = timezone.get_default_timezone()


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SITE)  # type: ignore[misc, arg-type]  # a year, a month, a day and maybe more


@pytest.mark.parametrize(
    ("now", "days", "first"),
    [
        (at(2026, 3, 31, 23, 59), 30, date(2026, 3, 2)),
        (at(2026, 3, 1), 30, date(2026, 1, 31)),
        (at(2024, 3, 1), 7, date(2024, 2, 24)),
        (at(2024, 2, 29, 12), 365, date(2023, 3, 2)),
        (at(2026, 12, 31), 90, date(2026, 10, 3)),
        (at(2027, 1, 1), 90, date(2026, 10, 4)),
    ],
)
def test_a_period_counts_its_days_over_the_ends_of_months(now: datetime, days: int, first: date) -> None:
    period = period_of(days, now=now)
    assert (period.since, period.until) == (datetime.combine(first, time(), SITE), now)


@pytest.mark.parametrize("days", [7, 30, 90])
def test_a_period_begins_with_its_first_instant_and_ends_before_now(days: int) -> None:
    make_case(make_article())
    period = period_of(days, now=datetime(2026, 3, 1, 9, tzinfo=SITE))
    counted = []
    for moment in (period.since - MICROSECOND, period.since, period.until - MICROSECOND, period.until):
        Case.objects.update(first_at=moment)
        counted.append(sum(bucket.opened for bucket in read_buckets(period)))
    assert counted == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("days", "now", "midnight", "before", "after"),
    [
        (7, at(2026, 3, 2, 9), at(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 1)),
        (7, at(2024, 3, 2, 9), at(2024, 3, 1), date(2024, 2, 29), date(2024, 3, 1)),
        (7, at(2027, 1, 2, 9), at(2027, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (30, at(2026, 6, 2, 9), at(2026, 6, 1), date(2026, 5, 25), date(2026, 6, 1)),
        (30, at(2027, 1, 6, 9), at(2027, 1, 4), date(2026, 12, 28), date(2027, 1, 4)),
    ],
)
def test_midnight_parts_days_and_weeks(days: int, now: datetime, midnight: datetime, before: date, after: date) -> None:
    make_case(make_article())
    period = period_of(days, now=now)
    found = []
    for moment in (midnight - MICROSECOND, midnight):
        Case.objects.update(first_at=moment)
        found += [bucket.first for bucket in read_buckets(period) if bucket.opened]
    assert found == [before, after]


def test_in_the_week_of_a_clock_change_a_day_is_still_a_day(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    zone = timezone.get_default_timezone()
    period = period_of(7, now=datetime(2026, 3, 31, 9, tzinfo=zone))  # on the 29th an hour is left out
    assert period.since == datetime(2026, 3, 25, tzinfo=zone)
    assert [bucket.first.day for bucket in read_buckets(period)] == [25, 26, 27, 28, 29, 30, 31]
