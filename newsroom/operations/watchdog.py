"""Ends a worker that has stopped working though nothing is missing, so that its supervisor starts another.

The drill found it: a child killed in an unlucky moment, just after the broker came back, can leave a Celery worker that
waits for ever for the answer of the dead.
"""

import logging
import os
import signal
import threading
import time

from celery.signals import task_received

from newsroom.operations.readiness import missing

logger = logging.getLogger(__name__)
LOOKS = 5.0  # seconds from one look to the next
STUCK = 20.0  # seconds, after the last mark has lapsed, in which a worker that is well would have left another
MERCY = 25.0  # seconds to finish what is in hand; a task is ended after 20


class Watch:
    """Tells a stuck worker from one that merely lacks its database or broker, or has too much to do."""

    def __init__(self) -> None:
        self._well = time.monotonic()

    def is_stuck(self) -> bool:
        """Whether database and broker answer, and still no task was begun nor work looked for for STUCK seconds."""
        if set(missing()) != {"worker"}:
            self.note_work()
        return time.monotonic() - self._well > STUCK

    def note_work(self, **_signal: object) -> None:
        self._well = time.monotonic()


def keep_watch(**_signal: object) -> None:
    """For the worker's own process, once it is ready."""
    threading.Thread(target=_watch, name="watchdog", daemon=True).start()


def _watch() -> None:
    watch = Watch()
    task_received.connect(watch.note_work)  # of what has not expired; who is stuck takes none
    while not watch.is_stuck():
        time.sleep(LOOKS)
    logger.critical("no work was looked for though nothing is missing: this worker ends, to be started again")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(MERCY)
    os.kill(os.getpid(), signal.SIGKILL)
