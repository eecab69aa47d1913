"""Ends a worker that has stopped working though nothing is missing, so that its supervisor starts another.

The drill found it: a child killed in an unlucky moment, just after the broker came back, can leave a Celery worker that
waits for ever for the answer of the dead.
"""

import logging
import os
import signal
import threading
import time

from newsroom.readiness import missing

logger = logging.getLogger(__name__)
LOOKS = 5.0  # seconds from one look to the next
STUCK = 20.0  # seconds, after the last mark has lapsed, in which a worker that is well would have left another
MERCY = 25.0  # seconds to finish what is in hand; a task is ended after 20


class Watch:
    """Tells a stuck worker from one that merely lacks its database or broker."""

    def __init__(self) -> None:
        self._well = time.monotonic()

    def is_stuck(self) -> bool:
        """Whether database and broker answer, and still nobody has looked for work for STUCK seconds."""
        if set(missing()) != {"worker"}:
            self._well = time.monotonic()
        return time.monotonic() - self._well > STUCK


def keep_watch(**_signal: object) -> None:
    """For the worker's own process, once it is ready."""
    threading.Thread(target=_watch, name="watchdog", daemon=True).start()


def _watch() -> None:
    watch = Watch()
    while not watch.is_stuck():
        time.sleep(LOOKS)
    logger.critical("no work was looked for though nothing is missing: this worker ends, to be started again")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(MERCY)
    os.kill(os.getpid(), signal.SIGKILL)
