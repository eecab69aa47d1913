"""The order of the queue: the longest waiting first, moved by what makes a case urgent."""

from datetime import UTC, datetime, timedelta

import pytest

from corrections.triage.priority import rank_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rank(
    *, waits: float = 0, readers: int = 1, category: str = "typo", article: timedelta = timedelta(days=300)
) -> datetime:
    first_at = NOW - timedelta(days=waits)
    return rank_of(first_at=first_at, readers=readers, category=category, published_at=first_at - article)


def test_of_two_equal_cases_the_older_goes_first() -> None:
    assert rank(waits=2) < rank(waits=1)


def test_many_readers_go_before_one_and_each_doubling_counts_a_day() -> None:
    assert rank(readers=300) < rank(readers=4) < rank()
    assert rank(readers=8) == rank(waits=3)


def test_an_error_of_fact_in_fresh_news_goes_before_a_week_old_misspelling() -> None:
    assert rank(category="fact", article=timedelta(hours=2)) < rank(waits=6)
    assert rank(category="fact") < rank(category="name") < rank(category="clarity") < rank(category="link") < rank()


def test_nothing_waits_for_ever() -> None:
    assert rank(waits=30) < rank(readers=300, category="fact", article=timedelta(0))


@pytest.mark.parametrize(
    ("age", "lead"),
    [
        (timedelta(days=1), timedelta(days=3)),
        (timedelta(days=1, microseconds=1), timedelta(days=1)),
        (timedelta(days=7), timedelta(days=1)),
        (timedelta(days=7, microseconds=1), timedelta(0)),
    ],
)
def test_news_is_fresh_for_a_day_and_recent_for_a_week(age: timedelta, lead: timedelta) -> None:
    assert rank() - rank(article=age) == lead
