"""Ties a child to its parent: as a script it asks for a signal at the parent's death, then becomes the child."""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def tethered(argv: Sequence[str], *, signum: signal.Signals = signal.SIGTERM) -> list[str]:
    """The command line that runs `argv` until the caller's death, even a sudden one. Unchanged where only Linux can.

    The kernel watches the thread that starts the child, so start it from the main thread.
    """
    if not sys.platform.startswith("linux"):
        return list(argv)
    # A program of its own instead of Popen's preexec_fn, which may hang when other threads run.
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(signum.value), *argv]


def main(parent: int, signum: int, argv: list[str]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel was asked
        sys.exit(1)
    try:
        os.execvp(argv[0], argv)  # noqa: S606  # becoming the child is the point
    except OSError as error:
        sys.exit(f"error: {argv[0]} cannot be run: {error.strerror}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
