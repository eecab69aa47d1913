"""Is the worker alive, and do broker and database answer? /readyz reports what is find_missing, within a second."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from shutil import disk_usage
from tempfile import TemporaryFile
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connections

from newsroom.operations.heartbeat import TTL, BrokerUnavailable, has_heartbeat

PROBE_BYTES = 64 * 1024  # written and thrown away: quotas and read-only disks show no other way
NEEDED_BYTES = 8 * 1024 * 1024  # a picture, or a while of readers' suggestions
PATIENCE = 0.8  # seconds, all checks together
# A check that hangs occupies its thread; more threads would only wait.
_executor = ThreadPoolExecutor(max_workers=3, thread_name_prefix="readiness")


def find_missing() -> Mapping[str, str]:
    """Missing parts with a sentence each; empty when ready."""
    deadline = monotonic() + PATIENCE
    asked = [_executor.submit(ask) for ask in (_disk, _database, _broker_and_worker)]
    silent = (
        {"disk": "The disk gives no answer."},
        {"database": "The database gives no answer."},
        {"broker": "The broker gives no answer.", "worker": "Without the broker nobody can tell."},
    )
    found: dict[str, str] = {}
    for answer, instead in zip(asked, silent, strict=True):
        found |= _answer(answer, instead, deadline)
    return found


def _answer(answer: Future[dict[str, str]], instead: dict[str, str], deadline: float) -> dict[str, str]:
    try:
        return answer.result(timeout=max(0.0, deadline - monotonic()))
    except TookTooLong:
        answer.cancel()
        return instead


def _disk() -> dict[str, str]:
    try:
        with TemporaryFile(dir=settings.DATA_DIR, buffering=0) as file:
            file.write(bytes(PROBE_BYTES))
        free = disk_usage(settings.DATA_DIR).free
    except OSError as error:
        return {"disk": f"Nothing can be written to DATA_DIR: {error.strerror}."}
    return {"disk": f"The disk of DATA_DIR is full: {free // 1024} KiB are left."} if free < NEEDED_BYTES else {}


def _database() -> dict[str, str]:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"database": "The database gives no answer."}
    finally:
        connections["default"].close()  # of this thread; nothing else closes it
        del connections["default"]
    return {}


def _broker_and_worker() -> dict[str, str]:
    try:
        if has_heartbeat():
            return {}
    except BrokerUnavailable:
        return {"broker": "The broker gives no answer.", "worker": "Without the broker nobody can tell."}
    return {"worker": f"Nobody has looked for work in the last {TTL} seconds: is the worker running, and beat?"}
