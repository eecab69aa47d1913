"""The database's copy: written whole, read back whole or not at all, by programs new enough."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from newsroom.operations import database_dump
from newsroom.operations.database_dump import DatabaseNotEmpty, DumpFailed, dump_database, find_program, load_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def sqlite(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Django's connection names a file of SQLite, with one table of one row."""
    path = tmp_path / "site.sqlite3"
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    write(path, "before")
    return path


def write(path: Path, word: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        database.execute("CREATE TABLE IF NOT EXISTS django_session (session_key TEXT)")
        database.execute("INSERT INTO words VALUES (?)", [word])


def words(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [word for (word,) in database.execute("SELECT word FROM words ORDER BY rowid")]


def test_a_file_of_sqlite_is_copied_and_put_back(sqlite: Path, tmp_path: Path) -> None:
    dump_database(tmp_path / "dump")
    write(sqlite, "after")
    with pytest.raises(DatabaseNotEmpty):
        load_database(tmp_path / "dump", overwrite=False)
    assert words(sqlite) == ["before", "after"]
    load_database(tmp_path / "dump", overwrite=True)
    assert words(sqlite) == words(tmp_path / "dump") == ["before"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump", "site.sqlite3"]


def test_what_the_old_file_had_not_written_yet_is_not_put_into_the_new_one(sqlite: Path, tmp_path: Path) -> None:
    dump_database(tmp_path / "dump")
    for suffix in ("-wal", "-shm"):
        sqlite.with_name(sqlite.name + suffix).write_bytes(b"old")
    load_database(tmp_path / "dump", overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump", "site.sqlite3"]


@pytest.mark.parametrize("damage", [b"no database", None])
def test_a_damaged_copy_changes_nothing(sqlite: Path, tmp_path: Path, damage: bytes | None) -> None:
    (tmp_path / "dump").write_bytes(damage or sqlite.read_bytes()[:5_000])
    with pytest.raises(DumpFailed, match="the database in the backup is damaged"):
        load_database(tmp_path / "dump", overwrite=True)
    assert words(sqlite) == ["before"]


def test_a_copy_that_cannot_be_written_is_refused_in_one_line(sqlite: Path, tmp_path: Path) -> None:
    with pytest.raises(DumpFailed, match=r"SQLite could not copy the database: [^\n]+$"):
        dump_database(tmp_path / "nowhere" / "dump")


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder on PATH; the server is of version 16, and there are no other programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(database_dump, "DEBIAN", tmp_path / "postgresql")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr(connection, "pg_version", 160_003)
    return tmp_path


def install(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", ["16.1", "17.0"])
def test_a_program_is_as_new_as_the_server_or_newer(programs: Path, version: str) -> None:
    program = install(programs, version)
    assert find_program("pg_dump") == str(program)


def test_an_older_one_on_path_gives_way_to_one_of_debians(programs: Path) -> None:
    install(programs, "15.9")
    install(programs / "postgresql" / "14" / "bin", "14.1")
    newer = install(programs / "postgresql" / "16" / "bin", "16.1")
    assert find_program("pg_dump") == str(newer)


def test_too_old_a_program_is_named_with_what_to_install(programs: Path) -> None:
    needed = "no pg_dump for PostgreSQL 16 on PATH; install postgresql-client-16"
    with pytest.raises(DumpFailed, match=f"^{needed}$"):
        find_program("pg_dump")
    install(programs, "15.9")
    install(programs / "postgresql" / "14" / "bin", "14.1")
    with pytest.raises(DumpFailed, match="on PATH; there is one of version 14, 15; install"):
        find_program("pg_dump")
