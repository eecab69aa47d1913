"""Current head of the public record, cached for a second: the version key of all cached public pages."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet, Subquery
from django.utils import timezone

from newsroom.models import Act, AuditHead, PublicChanges

# Cache lifetime per process: what another process publishes shows here after at most a second.
SECONDS = 1.0
STARTED = datetime.now(UTC)  # lower bound of Last-Modified: a restart may bring new templates


@dataclass(frozen=True, slots=True)
class Head:
    """Version of everything public, and when it last changed."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class _CachedHead:
    head: Head
    at: float


class _HeadCache:
    def __init__(self) -> None:
        self._refreshing = threading.Lock()
        self._cached: _CachedHead | None = None

    def head(self) -> Head:
        cached = self._cached
        if cached is None:
            with self._refreshing:
                return self._refresh().head
        # One thread refreshes; the others use the cached head.
        if monotonic() - cached.at >= SECONDS and self._refreshing.acquire(blocking=False):
            try:
                return self._refresh().head
            except DatabaseError:
                # Serve cached pages while the database is down.
                self._cached = _CachedHead(cached.head, monotonic())
            finally:
                self._refreshing.release()
        return cached.head

    def known(self, *, age: float | None) -> Head | None:
        """What is cached, if not older than `age`; never asks the database."""
        cached = self._cached
        if cached is None or (age is not None and monotonic() - cached.at >= age):
            return None
        return cached.head

    def forget(self) -> None:
        self._cached = None

    def _refresh(self) -> _CachedHead:
        at = monotonic()
        self._cached = cached = _CachedHead(_read_head(), at)
        return cached


_cache = _HeadCache()


def current_head() -> Head:
    """The version of everything public, at most SECONDS old."""
    return _cache.head()


def known_head(*, fresh: bool) -> Head | None:
    """The cached head without asking the database; `fresh`: only one that `current_head` would return as it is."""
    return _cache.known(age=SECONDS if fresh else None)


def forget_head() -> None:
    """Drop the cached head, so that a process sees its own publication at once."""
    _cache.forget()


def note_public_change() -> None:
    """Invalidate all cached pages after a public change that no Act records. Call within its transaction."""
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
