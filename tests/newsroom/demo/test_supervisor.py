"""Processes of the demo: who dies is started again, who does not listen is killed, nobody outlives the supervisor."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from newsroom.demo.supervisor import Child, Program, Supervisor, end
from tests.support.waiting import is_alive, wait_until

DEAF = "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
WITH_A_CHILD = "print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
SAYS_WHEN_IT_ENDS = """
import signal, sys, time
def note(*_): open(sys.argv[1], "a").write(sys.argv[2] + " "); sys.exit()
signal.signal(signal.SIGTERM, note)
time.sleep(60)
"""


def program(name: str, code: str, *arguments: str, foundation: bool = False) -> Program:
    return Program(name, [sys.executable, "-c", code, *arguments], dict(os.environ), foundation=foundation)


def test_a_child_that_does_not_listen_is_killed_with_all_it_started(tmp_path: Path) -> None:
    child = Child(program("deaf", DEAF + WITH_A_CHILD), log=(log := tmp_path / "log"))
    wait_until(lambda: log.read_text().endswith("\n"))
    grandchild = int(log.read_text())
    end([child], 0.2)
    assert child.exit() == "killed by SIGKILL"
    wait_until(lambda: not is_alive(grandchild))


def test_a_dead_child_is_started_again_each_time_after_a_longer_wait() -> None:
    lines: list[str] = []
    supervisor = Supervisor(lines.append)
    supervisor.start(program("short", "raise SystemExit(3)"))

    def seen(count: int) -> bool:
        supervisor.watch()
        return len(lines) == count

    wait_until(lambda: seen(2))
    assert lines == [
        "short ended (exit code 3); starting it again in 1 s",
        "short ended (exit code 3); starting it again in 2 s",
    ]
    supervisor.stop()


def test_a_foundation_ends_after_those_who_stand_on_it(tmp_path: Path) -> None:
    order = tmp_path / "order"
    with Supervisor(lambda line: None) as supervisor:
        ground = supervisor.start(program("ground", SAYS_WHEN_IT_ENDS, str(order), "ground", foundation=True))
        house = supervisor.start(program("house", SAYS_WHEN_IT_ENDS, str(order), "house"))
        wait_until(lambda: catches_term(ground.process.pid) and catches_term(house.process.pid))
    assert order.read_text() == "house ground "


def catches_term(pid: int) -> bool:
    """Whether the process has a handler for TERM by now."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(line.split()[1], 16) & (1 << (signal.SIGTERM - 1)))


@pytest.mark.parametrize("inherited", [signal.default_int_handler, signal.SIG_IGN])
def test_a_signal_ends_the_watch_and_a_second_one_changes_nothing(inherited: Any) -> None:
    before = signal.signal(signal.SIGINT, inherited)  # a shell ignores it for what it starts in the background
    with Supervisor(lambda line: None) as supervisor:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        supervisor.run()
    assert signal.signal(signal.SIGINT, before) is inherited
