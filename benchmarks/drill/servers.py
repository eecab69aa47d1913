"""The system under fire: a database, a broker, and what `manage.py demo` runs between them."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from newsroom.demo.parent_death import with_parent_death_signal
from newsroom.demo.processes import PROJECT
from tests.support.database_roles import make_roles
from tests.support.postgres import NoPostgres, Postgres, free_port, start_postgres
from tests.support.valkey import ValkeyServer, start_valkey

START = 240.0  # seconds for the site to come up
HOST = "127.0.0.1"


class DoesNotStart(Exception):
    """The site, or a part of it, does not come up; the message says where to look."""


class Site:
    """`manage.py demo`, which starts a dead process again by itself, as systemd would."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.port = int(more.get("PORT") or free_port())
        self.log = folder / "demo.log"
        self.env: Mapping[str, str] = {
            **os.environ,
            "DATA_DIR": str(folder / "data"),
            "PORT": str(self.port),
            "TRUSTED_PROXIES": HOST,
            "SUGGESTIONS_PER_MINUTE": "100000",  # the drill is the flood that this holds back
            **more,
        }

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                with_parent_death_signal([sys.executable, "manage.py", "demo"], signum=signal.SIGINT),
                env=self.env,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        deadline = time.monotonic() + START
        while not self.is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise DoesNotStart(f"{self.log} says why the site did not start")
            time.sleep(0.2)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def process(self, name: str) -> int | None:
        """The pid of "web", "worker" or "beat"; None between its death and its next start."""
        word = {"web": "granian", "worker": "worker", "beat": "beat"}[name]
        return next((pid for pid in children(self._process.pid) if word in arguments(pid)), None)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Foundations:
    """PostgreSQL and Valkey, to be killed and started again under the same addresses."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self.database: Postgres = start_postgres(folder, durable=True, port=port)
        self.broker: ValkeyServer = start_valkey(folder)

    def kill_database(self) -> None:
        """The server with all its children, each in the middle of whatever it does."""
        for pid in [self.database.process.pid, *children(self.database.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.database.process.wait()

    def start_database(self) -> None:
        # The shared memory is held until the last child is gone.
        deadline = time.monotonic() + 30
        while True:
            try:
                self.database = start_postgres(self._folder, durable=True, port=self._port)
                return
            except NoPostgres:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def kill_broker(self) -> None:
        self.broker.process.kill()
        self.broker.process.wait()

    def wipe_broker(self) -> None:
        shutil.rmtree(self._folder / "valkey")

    def start_broker(self) -> None:
        self.broker = start_valkey(self._folder)

    def stop(self) -> None:
        self.broker.stop()
        self.database.stop()


def addresses(folder: Path, port: int) -> dict[str, str]:
    """Where the servers over this folder are, which are made and ended again. The site does not own its tables."""
    foundations = Foundations(folder, port)
    try:
        roles = make_roles(foundations.database.url(), "corrigenda")
    finally:
        foundations.stop()
    return {"DATABASE_URL": roles.site, "DATABASE_OWNER_URL": roles.owner, "REDIS_URL": foundations.broker.url}


def children(parent: int) -> list[int]:
    """Pids whose parent that is, by what Linux tells."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name in brackets may hold anything; the parent is the second word behind it.
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == parent:
            found.append(int(folder.name))
    return found


def arguments(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []
