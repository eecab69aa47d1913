"""The command lines of the web server, the worker and the beat, the same in the demo, the tests and the benchmarks."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from newsroom.demo.supervisor import Program

PROJECT = Path(__file__).resolve().parents[2]
# Enough to wait for the database in, few enough not to wait for each other; below the 16 connections of the pool.
WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def web_program(*, host: str, port: int, env: Mapping[str, str]) -> Program:
    """granian in front of the WSGI application."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": "1",
        "--blocking-threads": str(WEB_THREADS),
        "--log-level": "warning",
    }
    argv = [sys.executable, "-m", "granian", *flat(options), "--no-ws", "newsroom.wsgi:application"]
    return Program("web server", argv, env, PROJECT)


def worker_program(*, concurrency: int, env: Mapping[str, str]) -> Program:
    """A Celery worker; it neither greets nor watches other workers, which it has no use for."""
    options = {"--concurrency": str(concurrency), "--loglevel": "warning"}
    quiet = ["--without-gossip", "--without-mingle"]
    return Program("worker", [*celery(), "worker", *flat(options), *quiet], env, PROJECT)


def beat_program(*, schedule: Path, env: Mapping[str, str]) -> Program:
    """Celery's clock; what it remembers between starts lies in `schedule`."""
    # No pid file: one left behind by a killed beat would keep the next from starting.
    options = {"--schedule": str(schedule), "--loglevel": "warning", "--pidfile": ""}
    return Program("beat", [*celery(), "beat", *flat(options)], env, PROJECT)


def celery() -> list[str]:
    # Celery warns anyone who is root, with a page of text; messages here are JSON, which runs no code.
    return [
        sys.executable,
        "-W",
        "ignore:You're running the worker with superuser",
        "-m",
        "celery",
        "-q",
        "-A",
        "newsroom",
    ]


def flat(options: Mapping[str, str]) -> list[str]:
    return [part for pair in options.items() for part in pair]
