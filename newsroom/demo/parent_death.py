"""Run a command that gets SIGTERM when its parent dies (Linux PR_SET_PDEATHSIG), then exec it."""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def with_parent_death_signal(argv: Sequence[str], *, signum: signal.Signals = signal.SIGTERM) -> list[str]:
    """Command line that runs `argv` until the caller dies, even by SIGKILL; `argv` itself on other systems.

    The kernel watches the calling thread: start it from the main thread.
    """
    if not sys.platform.startswith("linux"):
        return list(argv)
    # No preexec_fn: it may deadlock in a process with threads.
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(signum.value), *argv]


def main(parent: int, signum: int, argv: list[str]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:  # died before prctl
        sys.exit(1)
    try:
        os.execvp(argv[0], argv)  # noqa: S606  # exec is the purpose
    except OSError as error:
        sys.exit(f"error: {argv[0]} cannot be run: {error.strerror}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
