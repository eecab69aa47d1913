"""Celery beat's schedules, by a clock that may be set back.

Celery's own wait until the time of the last run comes again: the site would stand still for as long as the clock was
ahead, also after a restart, since beat keeps that time in a file.
"""

from datetime import datetime, timedelta
from typing import Any

from celery.schedules import crontab, schedule

MADE_UP_FOR = timedelta(days=2)


class Every(schedule):
    """Due at once when the last run lies in the future."""

    def remaining_estimate(self, last_run_at: datetime) -> timedelta:
        if self.maybe_make_aware(last_run_at) > self.maybe_make_aware(self.now()):
            return timedelta(0)
        return super().remaining_estimate(last_run_at)


class DailyAt(crontab):
    """Due at its next time of day, whatever day the last run is said to have been.

    One missed night is made up for at once. More than that may be a clock that was set forward, and the nightly work
    erases what is old: it waits for the next night, so that there is time to set the clock right.
    """

    def remaining_estimate(self, last_run_at: datetime, *fast_forward: Any) -> timedelta:
        now, last = self.maybe_make_aware(self.now()), self.maybe_make_aware(last_run_at)
        return super().remaining_estimate(last if now - MADE_UP_FOR <= last <= now else now, *fast_forward)
