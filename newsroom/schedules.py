"""Celery's queues and their transport, and beat's schedules by a clock that may be set back.

Celery's own wait until the time of the last run comes again: the site would stand still for as long as the clock was
ahead, also after a restart, since beat keeps that time in a file.
"""

from datetime import datetime, timedelta
from typing import Any

from celery.schedules import crontab, schedule
from kombu import Queue

from newsroom.operations.environment import BROKER_PREFIX

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


# Beat's ticks and editors' decisions have queues of their own, so that they do not wait behind other tasks.
_OWN_QUEUES = {"dispatch": "clock", "decide": "decisions"}
QUEUES = [Queue(name) for name in ("work", *_OWN_QUEUES.values())]
ROUTES = {f"corrections.tasks.{task}": {"queue": to} for task, to in _OWN_QUEUES.items()}
TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,  # until redelivery; rows are claimed again by then anyway
    "global_keyprefix": BROKER_PREFIX,  # so that another program's queues in the same database are left alone
    "socket_timeout": 2,  # a hanging broker must not block the dispatcher
    "socket_connect_timeout": 2,
    "socket_keepalive": True,  # detects a broker that vanished
}
_AT_NIGHT = DailyAt(hour="3", minute="17")  # beat catches up if it was down then
# None expires: an expiry is compared with the clock of the worker's machine. Of ticks that wait the last does the work.
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "dispatch": {"task": "corrections.tasks.dispatch", "schedule": Every(1.0)},
    "forget": {"task": "corrections.tasks.forget", "schedule": Every(3600.0)},
    "purge": {"task": "corrections.tasks.purge", "schedule": _AT_NIGHT},
}
