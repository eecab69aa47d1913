"""`manage.py demo`, run as a newcomer runs it: from nothing to a page, through mishaps, to Ctrl-C and back."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.postgres import free_port
from tests.support.waiting import is_alive, wait_until

PROJECT = Path(__file__).resolve().parents[2]
NOT_FOR_THE_DEMO = ("DATABASE_URL", "REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE")
GROUPS = ("Copy editor", "Standards editor", "Desk chief", "Auditor")


class Demo:
    """A demo in a process of its own; what it prints is read from a file."""

    def __init__(self, data_dir: Path, *, port: int, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._output = data_dir.with_name(f"{data_dir.name}-{time.monotonic_ns()}.log")
        kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_DEMO}
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo"],
                cwd=PROJECT,
                env={**kept, "DATA_DIR": str(data_dir), "PORT": str(port), **environment},
                stdout=output,
                stderr=output,
                # As a shell starts what it puts in the background: an ending signal has to end it all the same.
                preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_IGN),
            )

    def printed(self) -> str:
        return self._output.read_text()

    def wait_until_open(self) -> None:
        # Far longer than it takes: other tests use the machine too.
        wait_until(lambda: "Ctrl-C" in self.printed() or self.process.poll() is not None, seconds=240)
        assert self.process.poll() is None, self.printed()

    def wait_for_end(self) -> int:
        return self.process.wait(180)

    def end(self, signum: signal.Signals) -> int:
        """The exit code after a signal."""
        self.process.send_signal(signum)
        return self.wait_for_end()

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            content: bytes = answer.read()
        return content

    def processes(self) -> dict[int, str]:
        """Every process below it, with its command line."""
        return {pid: command for child in children(self.process.pid) for pid, command in family(child).items()}

    def worker(self) -> int | None:
        """The process that the supervisor itself started as the worker."""
        mine = {child: command_of(child) for child in children(self.process.pid)}
        return next((pid for pid, command in mine.items() if " worker " in command), None)


def children(pid: int) -> list[int]:
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in lists for child in path.read_text().split()]


def family(pid: int) -> dict[int, str]:
    below = {child: command for direct in children(pid) for child, command in family(direct).items()}
    return {pid: command_of(pid)} | below


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def credentials(printed: str) -> dict[str, tuple[str, str]]:
    """Group to user name and password, as printed."""
    found = re.findall(rf"^({'|'.join(GROUPS)}) +(\S+) +(\S+)$", printed, flags=re.MULTILINE)
    return {group: (username, password) for group, username, password in found}


def logs_in(demo: Demo, username: str, password: str) -> bool:
    """Whether the desk's form takes these, as a browser would send it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar := CookieJar()))
    address = f"{demo.url}/admin/login/?next=/admin/"
    browser.open(address, timeout=10).read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = urlencode({"csrfmiddlewaretoken": token, "username": username, "password": password, "next": "/admin/"})
    answer = browser.open(address, form.encode(), timeout=10)
    answer.read()
    return bool(answer.geturl() == f"{demo.url}/admin/")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "var"


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def demo(data_dir: Path, port: int) -> Iterator[Demo]:
    demo = Demo(data_dir, port=port)
    try:
        demo.wait_until_open()
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.end(signal.SIGINT)


def test_the_first_page_and_the_desk_answer(demo: Demo) -> None:
    assert b"<html" in demo.get("/")
    assert b"<form" in demo.get("/admin/login/")
    assert json.loads(demo.get("/api/articles"))["items"]


def test_the_address_and_one_account_for_each_group_are_printed(demo: Demo, data_dir: Path) -> None:
    assert f"{demo.url}/\n" in demo.printed()
    assert f"{demo.url}/admin/\n" in demo.printed()
    assert set(credentials(demo.printed())) == set(GROUPS)
    assert stat.S_IMODE((data_dir / "demo_accounts.json").stat().st_mode) == 0o600


def test_the_printed_accounts_open_the_desk(demo: Demo) -> None:
    for username, password in credentials(demo.printed()).values():
        assert logs_in(demo, username, password), username
    assert not logs_in(demo, "chief", "another password")


def test_start_up_is_a_screenful_without_tracebacks_or_warnings(demo: Demo) -> None:
    assert len(demo.printed().splitlines()) < 24
    assert not re.search(r"traceback|warning|error", demo.printed(), flags=re.IGNORECASE)


@pytest.mark.parametrize(
    ("other_data", "other_port", "sentence"),
    [
        (True, False, r"port \d+ is already in use; choose another with PORT=…"),
        (False, True, r"a demo is already running on \S+; choose another with DATA_DIR=…"),
    ],
)
def test_what_is_taken_is_one_clear_line(
    demo: Demo, data_dir: Path, port: int, tmp_path: Path, *, other_data: bool, other_port: bool, sentence: str
) -> None:
    second = Demo(tmp_path / "var" if other_data else data_dir, port=free_port() if other_port else port)
    assert second.wait_for_end() == 1
    assert re.fullmatch(f"error: {sentence}\n", second.printed())
    assert demo.process.poll() is None


def test_a_killed_worker_is_started_again_and_leaves_no_pool_behind(demo: Demo) -> None:
    worker = demo.worker()
    assert worker is not None
    before = set(family(worker))
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: "worker ended (killed by SIGKILL); starting it again in 1 s" in demo.printed())
    wait_until(lambda: not any(map(is_alive, before)))
    wait_until(lambda: demo.worker() not in (None, worker))


def test_a_signal_ends_every_process_and_a_rerun_keeps_everything(demo: Demo, data_dir: Path, port: int) -> None:
    articles, accounts, processes = demo.get("/api/articles"), credentials(demo.printed()), demo.processes()
    assert len(processes) >= 4, processes
    assert demo.end(signal.SIGINT) == 0
    assert [command for pid, command in processes.items() if is_alive(pid)] == []

    again = Demo(data_dir, port=port)
    try:
        again.wait_until_open()
        assert again.get("/api/articles") == articles
        assert credentials(again.printed()) == accounts
    finally:
        assert again.end(signal.SIGTERM) == 0


def test_a_broker_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    refused = Demo(tmp_path / "var", port=free_port(), REDIS_URL="redis://127.0.0.1:1/0")
    assert refused.wait_for_end() == 1
    lines = refused.printed().splitlines()
    assert lines[-1].startswith("error: REDIS_URL names a broker that does not answer: ")
    assert "Traceback" not in refused.printed()
