"""The real web server, worker and beat on a test's database, and what a test may do to them."""

import http.client
import ipaddress
import itertools
import os
import time
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from newsroom.demo.processes import beat_program, web_program, worker_program
from newsroom.demo.supervisor import Child, Program
from tests.support.databases import Database

# The tests' own process may need it beside a browser; the site must do without.
NOT_FOR_CHILDREN = ("DJANGO_ALLOW_ASYNC_UNSAFE",)

_readers = itertools.count(1)


class Processes:
    """Starts processes with the tests' settings on one database, and ends those that are left.

    What they print goes to files in `logs`, one for each start.
    """

    def __init__(self, database: Database, *, logs: Path) -> None:
        self.database = database
        self.logs = logs
        self._children: list[Child] = []
        logs.mkdir(parents=True, exist_ok=True)

    def worker(self, *, concurrency: int = 1) -> Child:
        return self._start(worker_program(concurrency=concurrency, env=self._environment()))

    def beat(self) -> Child:
        return self._start(beat_program(schedule=self.logs / "beat-schedule", env=self._environment()))

    def web(self) -> Child:
        """Returns once a page answers."""
        child = self._start(web_program(host=settings.HOST, port=settings.PORT, env=self._environment()))
        wait_for_page("/", child)
        return child

    def stop(self) -> None:
        """At once: to end in an orderly way takes a worker two seconds, and what it leaves goes with the database."""
        for child in self._children:
            child.sweep()
        self._children.clear()

    def _environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_CHILDREN}
        return kept | {"DATABASE_URL": self.database.url}

    def _start(self, program: Program) -> Child:
        log = self.logs / f"{len(self._children)} {program.name}.log"
        child = Child(program, log=log)
        self._children.append(child)
        return child


class Site(Processes):
    """A whole running site. Its `url` equals settings.SITE_URL."""

    @property
    def url(self) -> str:
        return str(settings.SITE_URL)

    def _environment(self) -> Mapping[str, str]:
        """The tests' browser stands behind it as a trusted proxy would, and says which reader it is."""
        return {**super()._environment(), "TRUSTED_PROXIES": "127.0.0.1"}

    def start(self) -> None:
        # The worker first: it takes its time while the web server is waited for.
        self.worker()
        self.beat()
        self.web()


def new_reader() -> dict[str, str]:
    """The headers of a reader at this machine, from whose address nobody has sent anything, in Redis or in rows."""
    return {"X-Forwarded-For": str(ipaddress.IPv4Address("127.1.0.0") + next(_readers))}


def wait_for_page(path: str, child: Child, *, seconds: float = 180) -> None:
    """Return once the page answers without a server error; fail with what the server printed."""
    deadline, status = time.monotonic() + seconds, 0
    while not child.ended() and time.monotonic() < deadline:
        status = status_of(path)
        if 0 < status < 500:
            return
        time.sleep(0.05)
    printed = child.log.read_text() if child.log else ""
    raise AssertionError(f"{path} answers {status or 'nothing'}; the web server printed:\n{printed}")


def status_of(path: str) -> int:
    """The status of a GET, 0 where nobody listens."""
    connection = http.client.HTTPConnection(settings.HOST, settings.PORT, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
