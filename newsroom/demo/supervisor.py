"""Runs the demo's processes: starts them, starts a dead one again, and ends every one of them on the way out."""

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

from newsroom.demo.parent_death import tethered

FIRST_DELAY = 1.0  # seconds before a dead child is started again; doubled each time …
LONGEST_DELAY = 10.0  # … up to this
STEADY_AFTER = 30.0  # a child that lived this long starts with the first delay again
PATIENCE = 7.0  # seconds that a child has to end by itself; with what follows, all are gone within ten
LAST_PATIENCE = 2.0  # the same for children that others lean on, such as the broker
TICK = 0.1
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, with the whole environment it gets. A `foundation` ends only after all others have ended."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path | None = None
    foundation: bool = False


class Child:
    """One program in a process group of its own, so that a Ctrl-C in the terminal reaches the supervisor alone."""

    def __init__(self, program: Program, *, log: Path | None = None) -> None:
        """What the program prints goes to the terminal, or to the end of `log`."""
        self.program = program
        self.log = log
        self.started = time.monotonic()
        with log.open("ab") if log else nullcontext() as output:
            self.process = subprocess.Popen(  # noqa: S603  # the programs are named in newsroom.demo.processes
                tethered(program.argv),
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
        """How it ended, for people."""
        code = self.process.returncode
        return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"

    def ask_to_end(self) -> None:
        if not self.ended():
            self.process.terminate()

    def sweep(self) -> None:
        """Kill what is left of the group: a killed server leaves workers that hold its port."""
        with suppress(ProcessLookupError, PermissionError):  # macOS answers the latter for a group of zombies
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """A context manager: on leaving it every child ends.

    Inside it INT, TERM and HUP raise KeyboardInterrupt, once; while `run` watches they make it return instead.
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
        # A signal between the fork and the list would leave a child that nobody ends.
        with self._hold():
            child = Child(program)
            self._children.append(child)
            return child

    def run(self) -> None:
        """Watch the children until a signal comes."""
        self._holding = True
        while not self._asked:
            self.watch()
            time.sleep(TICK)

    def watch(self) -> None:
        """Look once: note who died, start whoever's delay is over."""
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
        """End every child, foundations last; whoever does not listen is killed. Takes at most ten seconds."""
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
        """Let a signal wait until the block is done."""
        held, self._holding = self._holding, True
        yield
        self._holding = held
        if self._asked and not held:
            raise KeyboardInterrupt

    def _note_signal(self, signum: int, frame: FrameType | None) -> None:
        # Once is enough: a second Ctrl-C must not break off the ending of the children.
        if self._asked:
            return
        self._asked = True
        if not self._holding:
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        for signum in ENDING_SIGNALS:
            # Under nohup the terminal's end is no reason to stop.
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
    """Ask all at once, wait for all together, kill the rest with all that they started."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(not child.ended() for child in children):
        time.sleep(TICK / 2)
    for child in children:
        child.sweep()
