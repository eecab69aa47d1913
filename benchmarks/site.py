"""The seeded site on a PostgreSQL that writes as production does, the yardstick views beside it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request as Reading
from urllib.request import urlopen

from benchmarks.load import Load, Request, UnexpectedAnswer, measure
from newsroom.demo.processes import PROJECT, web_program
from newsroom.demo.supervisor import PATIENCE, Child, end
from tests.support.postgres import free_port, start_postgres
from tests.support.valkey import start_valkey

HOST = "127.0.0.1"
SLUG = "kelp-beds-sorrel-bay"
SETTINGS = "benchmarks.settings"


@dataclass(frozen=True, slots=True)
class Site:
    """A running site, and the environment for whatever else is to work on its data."""

    port: int
    env: Mapping[str, str]

    def measure(self, request: Request, *, connections: int, seconds: float) -> Load:
        return self.measure_all([request], connections=connections, seconds=seconds)

    def measure_all(self, requests: Sequence[Request], *, connections: int, seconds: float) -> Load:
        return measure(requests, host=HOST, port=self.port, connections=connections, seconds=seconds)

    def read(self, path: str, headers: Mapping[str, str]) -> str:
        with urlopen(Reading(f"http://{HOST}:{self.port}{path}", headers=dict(headers)), timeout=60) as answer:
            return str(answer.read().decode())

    def run(self, *argv: str) -> str:
        """What a program of Python's prints, run in the site's environment."""
        argv = (sys.executable, *argv)
        run = subprocess.run(argv, env=self.env, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
        return run.stdout


@contextmanager
def seeded_site() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory(prefix="corrigenda-bench-", dir="/tmp") as folder,
        start_postgres(Path(folder), durable=True) as server,
        start_valkey(Path(folder)) as broker,
    ):
        env = {
            **os.environ,
            "DATA_DIR": f"{folder}/data",
            "DATABASE_URL": server.url("postgres"),
            "PORT": str(free_port()),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "REDIS_URL": broker.url,
            # The load comes from many networks, as it says through a trusted proxy, and is no flood here.
            "TRUSTED_PROXIES": HOST,
            "SUGGESTIONS_PER_MINUTE": "10000000",
        }
        site = Site(int(env["PORT"]), env)
        for command in (["migrate", "--run-syncdb"], ["collectstatic", "--no-input"], ["seed"]):
            site.run("manage.py", *command)
        web = Child(web_program(host=HOST, port=site.port, env=env), log=Path(folder) / "web.log")
        try:
            _wait_for(site)
            yield site
        finally:
            end([web], PATIENCE)


def _wait_for(site: Site) -> None:
    for _turn in range(100):
        try:
            site.measure(Request("/healthz"), connections=1, seconds=0.1).expect(200)
        except (UnexpectedAnswer, OSError, ZeroDivisionError, ValueError):  # it is not up yet
            continue
        return
    raise RuntimeError("the site did not come up")
