"""Process supervisor of the demo: starts programs, restarts them with back-off, stops them on exit."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from newsroom.demo.parent_death import with_parent_death_signal

FIRST_DELAY = 1.0  # seconds before a restart, doubled each time …
LONGEST_DELAY = 10.0  # … up to this
STEADY_AFTER = 30.0  # seconds of running after which the delay starts over
PATIENCE = 7.0  # seconds from SIGTERM to SIGKILL; together with LAST_PATIENCE below ten
LAST_PATIENCE = 2.0  # the same for foundations, such as the broker
TICK = 0.1
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Program:
    """Command line and environment. A `foundation` is stopped after all others."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path | None = None
    foundation: bool = False


class Child:
    """A program in its own process group, so that Ctrl-C reaches the supervisor only."""

    def __init__(self, program: Program, *, log: Path | None = None) -> None:
        """Output goes to the terminal, or is appended to `log`."""
        self.program = program
        self.log = log
        self.started = time.monotonic()
        with log.open("ab") if log else nullcontext() as output:
            self.process = subprocess.Popen(  # noqa: S603  # command lines of newsroom.demo.processes
                with_parent_death_signal(program.argv),
                env=program.env,
                cwd=program.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
            )

    def ended(self) -> bool:
        return self.process.poll() is not None

    def exit(self) -> str:
        """Exit code or signal, for people."""
        code = self.process.returncode
        return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"

    def ask_to_end(self) -> None:
        if not self.ended():
            self.process.terminate()

    def sweep(self) -> None:
        """SIGKILL to the process group: workers of a killed server would hold its port."""
        with suppress(ProcessLookupError, PermissionError):  # macOS: PermissionError for a group of zombies
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Context manager that stops all children on exit.

    INT, TERM and HUP raise KeyboardInterrupt once; during `run` they make it return instead.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._children: list[Child] = []
        self._delays: dict[str, float] = {}
        self._due: dict[str, tuple[float, Program]] = {}
        self._before: dict[signal.Signals, object] = {}
        self._asked = False
        self._holding = False

    def start(self, program: Program) -> Child:
        # A signal between fork and append would leak a child.
        with self._hold():
            child = Child(program)
            self._children.append(child)
            return child

    def run(self) -> None:
        """Watch the children until a signal arrives."""
        self._holding = True
        while not self._asked:
            self.watch()
            time.sleep(TICK)

    def watch(self) -> None:
        """One round: note exits, restart what is due."""
        for child in [child for child in self._children if child.ended()]:
            self._children.remove(child)
            child.sweep()
            self._postpone(child)
        now = time.monotonic()
        for name, (when, program) in list(self._due.items()):
            if when <= now:
                del self._due[name]
                self.start(program)

    def stop(self) -> None:
        """Stop all children, foundations last; SIGKILL after a grace period. Takes at most ten seconds."""
        self._asked = True
        if self._children:
            self._report("ending every process")
        end([child for child in self._children if not child.program.foundation], PATIENCE)
        end([child for child in self._children if child.program.foundation], LAST_PATIENCE)
        self._children.clear()

    def _postpone(self, child: Child) -> None:
        name, now = child.program.name, time.monotonic()
        steady = now - child.started >= STEADY_AFTER
        delay = FIRST_DELAY if steady else self._delays.get(name, FIRST_DELAY)
        self._delays[name] = min(delay * 2, LONGEST_DELAY)
        self._due[name] = (now + delay, child.program)
        self._report(f"{name} ended ({child.exit()}); starting it again in {delay:.0f} s")

    @contextmanager
    def _hold(self) -> Iterator[None]:
        """Defer signals until the block ends."""
        held, self._holding = self._holding, True
        yield
        self._holding = held
        if self._asked and not held:
            raise KeyboardInterrupt

    def _note_signal(self, signum: int, frame: FrameType | None) -> None:
        # A second Ctrl-C must not interrupt stopping.
        if self._asked:
            return
        self._asked = True
        if not self._holding:
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        for signum in ENDING_SIGNALS:
            # nohup: SIGHUP stays ignored.
            if signum != signal.SIGHUP or signal.getsignal(signum) != signal.SIG_IGN:
                self._before[signum] = signal.signal(signum, self._note_signal)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for signum, handler in self._before.items():
            signal.signal(signum, handler)  # type: ignore[arg-type]


def end(children: Sequence[Child], patience: float) -> None:
    """SIGTERM to all, wait for all, then SIGKILL to the groups of the rest."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(not child.ended() for child in children):
        time.sleep(TICK / 2)
    for child in children:
        child.sweep()
