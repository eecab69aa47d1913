"""Is the worker alive, and do broker and database answer? /readyz reports what is find_missing, within a second."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from time import monotonic

from django.db import DatabaseError, connections

from newsroom.operations.heartbeat import TTL, BrokerUnavailable, has_heartbeat

PATIENCE = 0.8  # seconds, all checks together
# A check that hangs occupies its thread; more threads would only wait.
_executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="readiness")


def find_missing() -> Mapping[str, str]:
    """Missing parts with a sentence each; empty when ready."""
    deadline = monotonic() + PATIENCE
    asked = [_executor.submit(ask) for ask in (_database, _broker_and_worker)]
    silent = (
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
