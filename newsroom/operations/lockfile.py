"""Keeps a second program from working over the same DATA_DIR."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """A demo runs over the directory, or it is being restored."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Two would run two brokers over one queue. The lock goes with the process, however it ends."""
    with (data_dir / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
