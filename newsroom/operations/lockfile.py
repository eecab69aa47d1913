"""Lock on DATA_DIR: one demo or restore at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """The demo or a restore uses this DATA_DIR."""


@contextmanager
def lock_data_dir(data_dir: Path) -> Iterator[None]:
    """flock on a file, released when the process ends however it ends. Two demos would run two brokers on one queue."""
    with (data_dir / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
