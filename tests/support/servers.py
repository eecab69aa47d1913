"""An early pytest plugin (`-p tests.support.servers`): starts real servers and names them in the environment.

From conftest.py it would be too late: pytest-django reads the settings first, and the tests would run on SQLite unseen.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
import redis

from newsroom.demo.valkey import NoBroker, NotReady
from newsroom.operations.environment import redis_client_url
from tests.support.postgres import NoPostgres, Postgres, free_port, start_postgres
from tests.support.valkey import ValkeyServer, start_valkey

# What a developer has set for a site of their own must not change what the tests see.
FORGOTTEN = [
    *("ALLOWED_HOSTS", "HOST", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "SITE_NAME", "SITE_URL", "TIME_ZONE"),
    *("EMAIL_URL", "MAIL_FROM", "METRICS_ALLOW", "TRUSTED_PROXIES", "CORRIGENDA_PROCESS", "DATABASE_OWNER_URL"),
]
DIRECTORY = pytest.StashKey[Path]()
VALKEY = pytest.StashKey[ValkeyServer]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    if early_config.known_args_namespace.numprocesses and "PYTEST_XDIST_WORKER" not in os.environ:
        # Processes side by side have servers each; this one only hands out the files.
        if "REDIS_URL" in os.environ:
            raise pytest.UsageError("one broker serves one process of the tests: unset REDIS_URL, or add -n 0")
        return (yield)
    directory = Path(tempfile.mkdtemp(prefix="corrigenda-tests-", dir="/tmp"))
    early_config.stash[DIRECTORY] = directory
    early_config.add_cleanup(lambda: shutil.rmtree(directory, ignore_errors=True))
    for name in FORGOTTEN:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = str(directory / "data")
    # One port for the site under test, so that SITE_URL is the same in the tests and in the processes they start.
    os.environ["PORT"] = str(free_port())
    try:
        provide_postgres(early_config, directory)
        provide_valkey(early_config, directory)
    except (NoBroker, NoPostgres, NotReady) as error:
        raise pytest.UsageError(str(error)) from None
    return (yield)


def provide_postgres(config: pytest.Config, directory: Path) -> Postgres | None:
    """Start a server unless DATABASE_URL names one, which may be any PostgreSQL whose user can create databases."""
    if url := os.environ.get("DATABASE_URL"):
        if not url.startswith("postgres"):
            raise pytest.UsageError("the tests run on PostgreSQL: let DATABASE_URL name one, or unset it")
        return None
    server = start_postgres(directory)
    config.add_cleanup(server.stop)
    os.environ["DATABASE_URL"] = server.url("corrigenda")
    return server


def provide_valkey(config: pytest.Config, directory: Path) -> None:
    """Start a broker unless REDIS_URL names one, which must be empty, for the tests empty it again and again."""
    if url := os.environ.get("REDIS_URL"):
        with redis.Redis.from_url(redis_client_url(url)) as client:
            if client.dbsize():
                raise pytest.UsageError("REDIS_URL names a database that is not empty: the tests need one of their own")
        return
    server = start_valkey(directory)
    config.add_cleanup(lambda: config.stash[VALKEY].stop())  # a test may have put another there
    config.stash[VALKEY] = server
    os.environ["REDIS_URL"] = server.url
