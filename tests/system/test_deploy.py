"""What `deploy/` offers to an operator fits the programs, the environment and the figures that there are."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corrections.statistics.gauges import collect_gauges
from newsroom.demo.processes import PROJECT, beat_program, web_program, worker_program
from newsroom.demo.supervisor import Program
from newsroom.operations.environment import Environment
from tests.conftest import Broker

DEPLOY = PROJECT / "deploy"
DOCUMENT = (PROJECT / "docs" / "deploy.md").read_text()
ROOTS_WARNING = ["-W", "ignore:You're running the worker with superuser"]  # no unit runs as root
PRINT_ENVIRONMENT = "import json, os; print(json.dumps(dict(os.environ)))"
PROGRAMS = [
    ("web", web_program(host="${HOST}", port=8000, env={})),
    ("worker", worker_program(concurrency=2, env={})),
    ("beat", beat_program(schedule=Path("${DATA_DIR}/celerybeat-schedule"), env={})),
]


def value(name: str, key: str) -> str:
    """What a unit says; fails when it says nothing."""
    found = re.search(rf"^{key}=(.*)$", (DEPLOY / f"corrigenda-{name}.service").read_text(), flags=re.MULTILINE)
    assert found, f"{name} has no {key}"
    return found[1]


def comparable(arguments: Sequence[str]) -> list[str]:
    """Without the Python and without numbers: how many workers, threads and which port is the operator's choice."""
    parts = [part for argument in arguments[1:] for part in argument.split("=") if argument not in ROOTS_WARNING]
    return [part for part in parts if part and not part.isdigit() and part != "${PORT}"]


@pytest.mark.parametrize(("name", "program"), PROGRAMS, ids=[name for name, _program in PROGRAMS])
def test_each_unit_starts_what_the_demo_starts(name: str, program: Program) -> None:
    assert comparable(shlex.split(value(name, "ExecStart"))) == comparable(program.argv)


def test_a_worker_that_is_stopped_has_time_to_finish(settings: Any) -> None:
    assert int(value("worker", "TimeoutStopSec")) > settings.CELERY_TASK_TIME_LIMIT
    assert value("worker", "KillMode") == "mixed"  # the children are left to finish what their parent waits for


def test_the_environment_is_one_that_the_site_starts_with() -> None:
    script = f"set -a; . {DEPLOY}/corrigenda.env; exec {sys.executable} -c '{PRINT_ENVIRONMENT}'"
    told = json.loads(subprocess.run(["sh", "-c", script], env={}, stdout=subprocess.PIPE, check=True).stdout)
    environment = Environment(told | {"SECRET_KEY": "x" * 48}, base=Path("/nowhere"))

    assert environment.site_url() == "https://news.example.org"
    assert environment.allowed_hosts() == ["news.example.org", "127.0.0.1"]
    assert environment.mail_from() == "The Example <corrections@example.org>"
    assert environment.database()["NAME"] == "corrigenda"
    assert (environment.redis_url(), environment.time_zone()) == (told["REDIS_URL"], "Europe/Kyiv")
    assert environment.email()["EMAIL_PORT"] == 587
    assert environment.networks("TRUSTED_PROXIES")
    readme = (PROJECT / "README.md").read_text()
    given = re.findall(r"^([A-Z_]+)=", (DEPLOY / "corrigenda.env").read_text(), flags=re.MULTILINE)
    assert [name for name in given if f"`{name}`" not in readme] == []


@pytest.mark.parametrize(
    ("command", "told"), [("migrate", "owner"), ("restore", "owner"), ("check", ""), ("verify_audit", ""), ("", "")]
)
def test_only_migrate_and_restore_get_the_owners_password(command: str, told: str, tmp_path: Path) -> None:
    """The wrapper, with the site's user and Python put aside."""
    (tmp_path / "site.env").write_text("DATABASE_URL=site\n")
    (tmp_path / "owner.env").write_text("DATABASE_OWNER_URL=owner\n")
    (tmp_path / "runuser").write_text('#!/bin/sh\necho "$DATABASE_URL ${DATABASE_OWNER_URL:-}"\n')
    (tmp_path / "runuser").chmod(0o700)
    env = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "CORRIGENDA_DIR": str(tmp_path),
        "CORRIGENDA_ENV": str(tmp_path / "site.env"),
        "CORRIGENDA_OWNER_ENV": str(tmp_path / "owner.env"),
    }
    argv = ["sh", str(DEPLOY / "corrigenda"), *filter(None, [command])]
    ran = subprocess.run(argv, env=env, stdout=subprocess.PIPE, text=True, check=True)
    assert ran.stdout.strip() == f"site {told}".strip()


@pytest.mark.django_db
def test_the_figures_to_watch_are_there(broker: Broker) -> None:
    told = {f"corrigenda_{gauge.name}" for gauge in collect_gauges()}
    watched = set(re.findall(r"corrigenda_[a-z_]+", DOCUMENT[DOCUMENT.index("| figure |") :]))

    assert watched - told == set()
    assert told - watched == {"corrigenda_revisions", "corrigenda_newest_triaged_seconds"}


def test_the_proxy_reads_requests_whole_and_does_not_wait_for_ever() -> None:
    lines = [line.split("#")[0].strip() for line in (DEPLOY / "nginx.conf").read_text().splitlines()]
    assert {"client_body_timeout 10s;", "client_header_timeout 10s;"} <= set(lines)
    assert not [line for line in lines if line.startswith("proxy_request_buffering")]  # on unless it is switched off


def test_the_proxy_drops_header_names_with_underscores_and_every_unit_writes_for_its_user_alone() -> None:
    assert "underscores_in_headers on" not in (DEPLOY / "nginx.conf").read_text()
    units = list(DEPLOY.glob("*.service"))
    assert [unit.name for unit in units if "UMask=0077" not in unit.read_text().splitlines()] == []
    assert len(units) == 4


def test_every_file_is_told_of() -> None:
    assert [path.name for path in DEPLOY.iterdir() if path.name not in DOCUMENT] == []
