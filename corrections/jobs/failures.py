"""Work on owed rows, each by itself: a row that raises is retried with backoff, then set aside; the others go on."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import Model, Q
from django.utils import timezone

from corrections.models import FailedJob
from newsroom.models.deadlines import is_running

logger = logging.getLogger(__name__)
# Delay after each failed attempt; after the fifth the job is set aside.
RETRY_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800))
DAY = timedelta(days=1)
MAX_ERROR = 300  # characters kept of an exception
SHARE = 1.0  # seconds of one tick of the dispatcher that one kind of work may take; the rest waits for the next

RowT = TypeVar("RowT")


def resting_keys(kind: FailedJob.Kind) -> set[str]:
    """Keys of the rows that failed and are not to be tried now."""
    waiting = is_running("retry_at", timezone.now(), longest=RETRY_DELAYS[-1])
    resting = FailedJob.objects.filter(Q(retry_at=None) | waiting, kind=kind)
    return set(resting.values_list("key", flat=True))


def primary_key(row: Model) -> object:
    return row.pk


def run_each(
    kind: FailedJob.Kind, rows: Iterable[RowT], work: Callable[[RowT], object], *, key: Callable[[RowT], object]
) -> int:
    """Work on each row that does not rest, in its own attempt, until this kind's share of the tick is used up.

    Returns the number of rows that did not raise.
    """
    until, resting, done = monotonic() + SHARE, resting_keys(kind), 0
    for row in rows:
        if str(key(row)) in resting:
            continue
        with attempt(kind, key(row)):
            work(row)
            done += 1
        if monotonic() > until:
            break
    return done


@contextmanager
def attempt(kind: FailedJob.Kind, key: object) -> Iterator[None]:
    """Record what the block raises, instead of raising it; forget earlier failures where it does not.

    Raises SoftTimeLimitExceeded after it was recorded: the task has to end.
    """
    try:
        yield
    except Exception as error:
        record_failure(kind, key, error)
        if isinstance(error, SoftTimeLimitExceeded):
            raise
    else:
        FailedJob.objects.filter(kind=kind, key=str(key)).delete()


def record_failure(kind: FailedJob.Kind, key: object, error: Exception) -> None:
    """Count one more failed attempt, with its error in one line."""
    logger.error("%s %s failed; other work goes on", kind, key, exc_info=error)
    now, line = timezone.now(), _one_line(error)
    before = FailedJob.objects.filter(kind=kind, key=str(key)).values_list("attempts", flat=True).first() or 0
    retry_at = now + RETRY_DELAYS[before] if before < len(RETRY_DELAYS) else None
    FailedJob.objects.update_or_create(
        kind=kind,
        key=str(key),
        defaults={"attempts": before + 1, "error": line, "failed_at": now, "retry_at": retry_at},
    )


def set_aside_jobs(most: int) -> Sequence[FailedJob]:
    """Jobs that are not tried again by themselves, the oldest first. Suggestions have a list of their own."""
    return list(FailedJob.objects.set_aside().exclude(kind=FailedJob.Kind.SUGGESTION).order_by("failed_at")[:most])


def retry_set_aside() -> int:
    """Try every job that was set aside once more, with all attempts; returns how many. Idempotent."""
    jobs = FailedJob.objects.set_aside().exclude(kind=FailedJob.Kind.SUGGESTION)
    # Not deleted: of a webhook's event nothing else may know any longer that it is owed.
    return jobs.update(attempts=0, retry_at=timezone.now())


def forget_settled_jobs() -> int:
    """Delete jobs that were to be tried a day ago: what they failed at was settled by other work. Returns how many.

    A webhook's event stays: its row alone knows that it is owed.
    """
    settled = FailedJob.objects.filter(retry_at__lt=timezone.now() - DAY).exclude(kind=FailedJob.Kind.EVENT)
    return settled.delete()[0]


def _one_line(error: Exception) -> str:
    words = " ".join(str(error).split())
    name = type(error).__name__
    return (f"{name}: {words}" if words else name)[:MAX_ERROR]
