"""Beat goes on when its clock is set back, forward or back."""

from datetime import UTC, datetime, timedelta

import pytest

from newsroom.celery import app
from newsroom.schedules import DailyAt, Every

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ran", "is_due"),
    [
        (timedelta(seconds=-0.5), False),
        (timedelta(seconds=-1), True),
        (timedelta(days=-1), True),  # set forward
        (timedelta(seconds=0.5), True),
        (timedelta(days=1), True),  # set back
    ],
)
def test_a_tick_is_due_a_second_after_the_last_and_whenever_the_clock_was_set_back(
    ran: timedelta, is_due: bool
) -> None:
    schedule = Every(1.0, nowfun=lambda: NOW, app=app)
    found = schedule.is_due(NOW + ran)
    assert found[0] is is_due
    assert found[1] <= 1.0


@pytest.mark.parametrize("ran", [timedelta(hours=-2), timedelta(days=1), timedelta(days=400), timedelta(days=-400)])
def test_the_nightly_work_comes_the_next_night_whatever_the_clock_said(ran: timedelta) -> None:
    schedule = DailyAt(hour="3", minute="17", nowfun=lambda: NOW, app=app)
    is_due, seconds = schedule.is_due(NOW + ran)
    assert (is_due, seconds) == (False, 15.0 * 3600 + 17 * 60)


def test_a_missed_night_is_made_up_for() -> None:
    schedule = DailyAt(hour="3", minute="17", nowfun=lambda: NOW, app=app)
    assert schedule.is_due(NOW - timedelta(hours=12))[0]


def test_every_entry_of_beat_is_of_these() -> None:
    """Without the desk there is none."""
    assert {type(entry["schedule"]) for entry in app.conf.beat_schedule.values()} <= {Every, DailyAt}
