"""Watchdog of the Celery worker: ends a worker that is stuck although database and broker answer.

Found by the fault drill: when a child is killed just after the broker came back, the worker may wait for its answer
for ever. The supervisor then starts another.
"""

import logging
import os
import signal
import threading
import time
from typing import Any

from celery.signals import task_received
from celery.worker import state

from newsroom.operations.readiness import find_missing

logger = logging.getLogger(__name__)
CHECK_INTERVAL = 5.0  # seconds between checks
STUCK_AFTER = 20.0  # seconds without heartbeat and without a task, after which the worker counts as stuck
GRACE_PERIOD = 25.0  # seconds to finish; tasks have a limit of 20


class StuckDetector:
    """Tell a stuck worker from one that is busy, or lacks its database or broker."""

    def __init__(self) -> None:
        self._well = time.monotonic()
        self._long: dict[str, float] = {}  # tasks with a time limit of their own, and when each must have ended

    def is_stuck(self) -> bool:
        """Whether database and broker answer, and there was neither a task nor a heartbeat for STUCK_AFTER seconds.

        A long decision may keep every process of the worker busy: until its limit it counts as work.
        """
        if set(find_missing()) != {"worker"} or self._is_at_a_long_task():
            self.note_work()
        return time.monotonic() - self._well > STUCK_AFTER

    def note_work(self, request: Any = None, **_signal: object) -> None:
        self._well = time.monotonic()
        if request is not None and request.task.time_limit:
            self._long[request.id] = self._well + request.task.time_limit

    def _is_at_a_long_task(self) -> bool:
        held = {request.id for request in list(state.reserved_requests)}
        self._long = {key: end for key, end in list(self._long.items()) if key in held and end > time.monotonic()}
        return bool(self._long)


def start_watchdog(**_signal: object) -> None:
    """Start the thread in the worker's main process, when it is ready."""
    threading.Thread(target=_watch, name="watchdog", daemon=True).start()


def _watch() -> None:
    watch = StuckDetector()
    task_received.connect(watch.note_work)  # not sent for expired tasks; a stuck worker receives none
    while not watch.is_stuck():
        time.sleep(CHECK_INTERVAL)
    logger.critical("no work was looked for though nothing is missing: this worker ends, to be started again")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_PERIOD)
    os.kill(os.getpid(), signal.SIGKILL)
