"""A server that the tests and benchmarks start and stop."""

import signal
import subprocess
from types import TracebackType
from typing import Self


class ServerProcess:
    """A running server; a context manager that stops it."""

    stop_signal = signal.SIGTERM

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def stop(self) -> None:
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
