"""Waits for what other processes do."""

import time
from collections.abc import Callable


def wait_until(done: Callable[[], object], *, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)
