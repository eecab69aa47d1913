"""Where the public record stands: every publication, decision and withholding moves its head."""

import threading
from dataclasses import dataclass
from time import monotonic

from django.db import DatabaseError

from newsroom.models import AuditHead

# The database is asked at most this often by one process: what is published elsewhere shows here after a second.
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Seen:
    head: str
    at: float


class _Watch:
    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._seen: _Seen | None = None

    def head(self) -> str:
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
        self._seen = seen = _Seen(AuditHead.objects.values_list("hash", flat=True).get(pk=1), at)
        return seen


_watch = _Watch()


def current_head() -> str:
    """The hash at the end of the chain of Acts, at most SECONDS old. It names one state of everything public."""
    return _watch.head()


def forget_head() -> None:
    """Ask the database at the next call: for a process that has just published something itself."""
    _watch.forget()
