"""Where the public record stands: every publication, decision and withholding moves its head."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet, Subquery
from django.utils import timezone

from newsroom.models import Act, AuditHead, PublicChanges

# The database is asked at most this often by one process: what is published elsewhere shows here after a second.
SECONDS = 1.0
STARTED = datetime.now(UTC)  # with new templates and settings, that is


@dataclass(frozen=True, slots=True)
class Head:
    """One state of everything public: its name, and since when it stands."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class _Seen:
    head: Head
    at: float


class _Watch:
    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._seen: _Seen | None = None

    def head(self) -> Head:
        seen = self._seen
        if seen is None:
            with self._asking:
                return self._ask().head
        # While one thread asks, the others go on with what they know.
        if monotonic() - seen.at >= SECONDS and self._asking.acquire(blocking=False):
            try:
                return self._ask().head
            except DatabaseError:
                # A reader can still be shown what stood when the database went away.
                self._seen = _Seen(seen.head, monotonic())
            finally:
                self._asking.release()
        return seen.head

    def forget(self) -> None:
        self._seen = None

    def _ask(self) -> _Seen:
        at = monotonic()
        self._seen = seen = _Seen(_read_head(), at)
        return seen


_watch = _Watch()


def current_head() -> Head:
    """The state of everything public, at most SECONDS old."""
    return _watch.head()


def forget_head() -> None:
    """Ask the database at the next call: for a process that has just published something itself."""
    _watch.forget()


def note_public_change() -> None:
    """Let every page be made anew, after a change that readers see and no Act records. Part of its transaction."""
    PublicChanges.objects.filter(pk=1).update(count=F("count") + 1, changed_at=timezone.now())
    transaction.on_commit(forget_head)


def _read_head() -> Head:
    last_act = Act.objects.order_by("-sequence").values("at")[:1]
    digest, count, *moments = (
        AuditHead.objects.filter(pk=1)
        .values_list("hash", _of_changes("count"), Subquery(last_act), _of_changes("changed_at"))
        .get()
    )
    return Head(name=f"{digest}:{count}", since=max([STARTED, *filter(None, moments)]))


def _of_changes(column: str) -> Subquery:
    row: QuerySet[PublicChanges] = PublicChanges.objects.filter(pk=1)
    return Subquery(row.values(column))
