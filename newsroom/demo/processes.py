"""Command lines of web server, worker and beat, for the demo, tests and benchmarks."""

import sys
from collections.abc import Mapping
from pathlib import Path

from newsroom.demo.supervisor import Program

PROJECT = Path(__file__).resolve().parents[2]


def web_program(*, host: str, port: int, env: Mapping[str, str]) -> Program:
    """granian with the RSGI application."""
    options = {
        "--interface": "rsgi",
        "--host": host,
        "--port": str(port),
        "--workers": "1",
        "--http": "1",
        "--http1-header-read-timeout": "10000",  # milliseconds
        "--backpressure": "4096",  # requests at a time, those included whose bodies do not come
        "--log-level": "warning",
    }
    argv = [sys.executable, "-m", "granian", *flatten_options(options), "--no-ws", "newsroom.rsgi:application"]
    return Program("web server", argv, env, PROJECT)


def worker_program(*, concurrency: int, env: Mapping[str, str]) -> Program:
    """Celery worker, without gossip and mingle: there is only one."""
    options = {"--concurrency": str(concurrency), "--loglevel": "warning"}
    quiet = ["--without-gossip", "--without-mingle"]
    return Program("worker", [*celery_argv(), "worker", *flatten_options(options), *quiet], env, PROJECT)


def beat_program(*, schedule: Path, env: Mapping[str, str]) -> Program:
    """Celery beat; `schedule` is its state file."""
    # No pid file: one left by a killed beat would prevent the next start.
    options = {"--schedule": str(schedule), "--loglevel": "warning", "--pidfile": ""}
    return Program("beat", [*celery_argv(), "beat", *flatten_options(options)], env, PROJECT)


def celery_argv() -> list[str]:
    # Silences Celery's warning about root, which is about pickle; messages here are JSON.
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


def flatten_options(options: Mapping[str, str]) -> list[str]:
    return [part for pair in options.items() for part in pair]
