"""Suggestions triaged per second by a real worker on a real PostgreSQL, against no-op tasks on the same worker."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.rows import Row, ratio_in_turns
from newsroom.demo.processes import PROJECT, worker_program
from newsroom.demo.supervisor import PATIENCE, Child, Program, end
from tests.support.postgres import free_port, start_postgres
from tests.support.valkey import start_valkey

CONCURRENCY = 2  # as in the demo
ROUNDS = "import django; django.setup(); from benchmarks.anchoring.rounds import main; main()"


def rows() -> Iterator[Row]:
    with _worker() as env:
        run = subprocess.run([sys.executable, "-c", ROUNDS], env=env, cwd=PROJECT, check=True, stdout=subprocess.PIPE)
    pairs: list[list[float]] = json.loads(run.stdout)
    for triage, noop in pairs:
        print(f"triage {triage:.0f} per second, tasks that do nothing {noop:.0f}")
    ours, yardstick = (iter(rates) for rates in zip(*pairs, strict=True))
    value = ratio_in_turns(lambda: next(ours), lambda: next(yardstick), turns=len(pairs))
    yield Row("triage_ratio", value, "ratio", 0.5, "higher")


@contextmanager
def _worker() -> Iterator[Mapping[str, str]]:
    """A worker of the seeded site, PostgreSQL writing as production does; gives their environment."""
    with (
        tempfile.TemporaryDirectory(prefix="corrigenda-bench-", dir="/tmp") as folder,
        start_postgres(Path(folder), durable=True) as database,
        start_valkey(Path(folder)) as broker,
    ):
        env = {
            **os.environ,
            "DATA_DIR": f"{folder}/data",
            "DATABASE_URL": database.url("postgres"),
            "REDIS_URL": broker.url,
            "PORT": str(free_port()),
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "SUGGESTIONS_PER_MINUTE": "10000000",  # what is sent here in a second is no flood
        }
        _seed(env)
        worker = Child(_program(env), log=Path(folder) / "worker.log")
        try:
            yield env
        finally:
            end([worker], PATIENCE)


def _seed(env: Mapping[str, str]) -> None:
    for command in (["migrate", "--run-syncdb"], ["seed"]):
        argv = [sys.executable, "manage.py", *command]
        subprocess.run(argv, env=env, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)


def _program(env: Mapping[str, str]) -> Program:
    """The site's worker, which knows one task more."""
    program = worker_program(concurrency=CONCURRENCY, env=env)
    return replace(program, argv=[*program.argv, "--include", "benchmarks.anchoring.noop"])
