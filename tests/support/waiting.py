"""Waits for what other processes do."""

import time
from collections.abc import Callable
from pathlib import Path


def wait_until(done: Callable[[], object], *, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs: one that ended and was not asked for its end yet does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
