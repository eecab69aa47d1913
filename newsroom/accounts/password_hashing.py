"""Password hashing that leaves threads and processors to readers: it costs a quarter of a second each time."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher


class HashingBusy(Exception):
    """Half of the web server's threads hash passwords already."""


class BoundedHasher(PBKDF2PasswordHasher):
    """Django's own; at most half of the threads at a time, and of these as many at work as half of the processors."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Raises HashingBusy."""
        with _slot():
            return super().encode(password, salt, iterations)


_waiting = threading.Semaphore(max(1, settings.WEB_THREADS // 2))
_working = threading.Semaphore(max(1, (os.cpu_count() or 1) // 2))


@contextmanager
def _slot() -> Iterator[None]:
    if not _waiting.acquire(blocking=False):
        raise HashingBusy
    try:
        with _working:
            yield
    finally:
        _waiting.release()
