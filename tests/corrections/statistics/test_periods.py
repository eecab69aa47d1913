"""Periods of the statistics, by day and by week."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from corrections.models import Case
from corrections.statistics.periods import period_of
from corrections.statistics.queries import read_statistics
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
