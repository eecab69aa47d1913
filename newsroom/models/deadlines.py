"""Deadlines in rows, by clocks that may jump: one further ahead than it can ever be set was set by a wrong clock."""

from datetime import datetime, timedelta

from django.db.models import Q

CLOCKS_DIFFER = timedelta(minutes=1)  # between machines, and while a transaction waits for its locks


def is_over(column: str, now: datetime, *, longest: timedelta) -> Q:
    """Rows whose deadline was reached or has no time, or is more than `longest` ahead and counts as reached."""
    too_far = Q(**{f"{column}__gt": now + longest + CLOCKS_DIFFER})
    return Q(**{column: None}) | Q(**{f"{column}__lte": now}) | too_far


def is_running(column: str, now: datetime, *, longest: timedelta) -> Q:
    """The other rows."""
    return Q(**{f"{column}__gt": now, f"{column}__lte": now + longest + CLOCKS_DIFFER})


def within(column: str, now: datetime, *, last: timedelta) -> Q:
    """Rows of the `last` hour or day; a time far ahead of the clock counts for nothing."""
    return Q(**{f"{column}__gt": now - last, f"{column}__lte": now + CLOCKS_DIFFER})
