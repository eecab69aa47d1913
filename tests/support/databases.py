"""Fresh databases for tests that really commit.

The record's tables refuse DELETE and TRUNCATE, as they should, so nothing can be flushed between tests: each test gets
a copy of a migrated template instead, and the copy is thrown away.
"""

import itertools
import os
import runpy
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections
from psycopg import sql

import newsroom

TEMPLATE = f"corrigenda_template_{os.getpid()}"  # two runs of the tests may share a server
SETTINGS = Path(newsroom.__file__).with_name("settings.py")


@dataclass(frozen=True, slots=True)
class Database:
    """A migrated database; `url` is what a process that shall use it gets as DATABASE_URL."""

    vendor: str
    url: str


class PostgresDatabases:
    """Copies of the database that pytest-django has migrated."""

    def __init__(self, *, server_url: str, migrated: str) -> None:
        """`migrated` must have no connection open now; later it may."""
        self._server = urlsplit(server_url)
        self._numbers = itertools.count(1)
        self._create(TEMPLATE, template=migrated)

    def copy(self) -> Database:
        name = f"corrigenda_test_{os.getpid()}_{next(self._numbers)}"
        self._create(name, template=TEMPLATE)
        return self.named(name)

    def named(self, name: str) -> Database:
        return Database("postgresql", urlunsplit(self._server._replace(path=f"/{name}")))

    def drop(self, database: Database) -> None:
        self._drop(urlsplit(database.url).path[1:])

    def close(self) -> None:
        self._drop(TEMPLATE)

    def _create(self, name: str, *, template: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)

    def _drop(self, name: str) -> None:
        # By force: a worker that was killed on purpose leaves its connection behind for a moment.
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _execute(self, statement: str, *names: str) -> None:
        url = urlunsplit(self._server._replace(path="/postgres"))
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._numbers = itertools.count(1)
        self._template = directory / "template.sqlite3"
        directory.mkdir(exist_ok=True)
        with default_database(self._database(self._template)):
            call_command("migrate", verbosity=0)
            with connections["default"].cursor() as cursor:
                # Everything into the one file that is copied.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy(self) -> Database:
        path = self._directory / f"test_{next(self._numbers)}.sqlite3"
        shutil.copyfile(self._template, path)
        return self._database(path)

    def drop(self, database: Database) -> None:
        path = urlsplit(database.url).path[1:]
        for suffix in ("", "-wal", "-shm"):
            Path(f"/{path}{suffix}").unlink(missing_ok=True)

    def _database(self, path: Path) -> Database:
        return Database("sqlite", f"sqlite:///{path}")


def settings_of(database: Database) -> dict[str, Any]:
    """Django's settings for it, as production would have them: the settings file itself is asked."""
    with mock.patch.dict(os.environ, {"DATABASE_URL": database.url}):
        chosen = runpy.run_path(str(SETTINGS))["DATABASES"]
    complete: dict[str, Any] = connections.configure_settings(chosen)["default"]
    return complete


@contextmanager
def default_database(database: Database) -> Iterator[None]:
    """Point Django's default connection, in every thread that connects from now on, at another database."""
    before, wrapper = connections.settings["default"], connections["default"]
    wrapper.close()
    connections.settings["default"] = settings_of(database)
    connections["default"] = connections.create_connection("default")
    ContentType.objects.clear_cache()  # keys differ from one database to the next
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = before, wrapper
        ContentType.objects.clear_cache()
