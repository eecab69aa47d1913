"""A backup holds one moment of the whole, and what it gives back is whole again."""

import os
import subprocess
import sys
import tarfile
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from newsroom.models import Article, Revision
from newsroom.operations.lockfile import lock_data_dir
from tests.support.databases import Database, PostgresDatabases, default_database
from tests.support.factories import make_article, make_editor, make_revision
from tests.system.test_full_disk import NO_BYTECODE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """DATA_DIR of this test, with one picture."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "media" / "pictures").mkdir(parents=True)
    (tmp_path / "media" / "pictures" / "bridge.png").write_bytes(b"a picture")
    return tmp_path


@pytest.fixture
def empty(database_vendor: str, committed_db: Database, postgres_databases: PostgresDatabases, folder: Path) -> Any:
    """A database without a table."""
    if database_vendor == "sqlite":
        yield Database("sqlite", f"sqlite:///{folder}/restored.sqlite3")
        return
    name = f"corrigenda_restored_{os.getpid()}"
    postgres_databases._execute("CREATE DATABASE {}", name)
    yield postgres_databases.named(name)
    postgres_databases.drop(postgres_databases.named(name))


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_backup_taken_under_load_restores_to_a_record_that_verifies(
    committed_db: Database, empty: Database, folder: Path, settings: Any
) -> None:
    articles = [make_article(slug=f"bridges-{number}", by=make_editor()) for number in range(3)]
    stop = threading.Event()

    def publish(article: Article) -> None:
        number = 14
        while not stop.is_set():
            make_revision(article, find=f"<strong>{number}<", put=f"<strong>{number + 1}<")
            number += 1
        connections.close_all()

    editors = [threading.Thread(target=publish, args=[article]) for article in articles]
    for editor in editors:
        editor.start()
    try:
        head = run("backup", folder / "now.tar").strip().rsplit(" ", 1)[1]
        early = Revision.objects.count()
    finally:
        stop.set()
        for editor in editors:
            editor.join()

    settings.MEDIA_ROOT = folder / "restored-media"
    with default_database(empty):
        assert head in run("restore", folder / "now.tar")
        assert "the record is whole" in run("verify_audit", f"--head={head}")
        assert 3 <= Revision.objects.count() <= early
        # The guards came with it, and the site goes on where the copy was made.
        make_revision(Article.objects.get(slug="bridges-0"), find="three", put="four")
        assert "the record is whole" in run("verify_audit", f"--head={head}")
    assert (folder / "restored-media" / "pictures" / "bridge.png").read_bytes() == b"a picture"


def test_a_backup_is_for_its_owner_alone_and_holds_no_secret(committed_db: Database, folder: Path) -> None:
    (folder / "secret_key").write_text("x" * 64)
    run("backup", folder / "now.tar")

    assert (folder / "now.tar").stat().st_mode & 0o777 == 0o600
    with tarfile.open(folder / "now.tar") as tar:
        assert {name.split("/")[0] for name in tar.getnames()} == {"manifest.json", "database", "media"}


def test_nothing_is_overwritten_unasked(committed_db: Database, folder: Path) -> None:
    make_article(slug="before")
    run("backup", folder / "now.tar")
    make_article(slug="after")

    assert "exists already" in refused("backup", folder / "now.tar")
    (folder / "media" / "pictures" / "bridge.png").unlink()
    (folder / "media" / "pictures").rmdir()
    assert "add --overwrite" in refused("restore", folder / "now.tar")
    assert Article.objects.filter(slug="after").exists()
    run("restore", folder / "now.tar", "--overwrite")
    assert Article.objects.filter(slug="before").exists()
    assert not Article.objects.filter(slug="after").exists()


def test_a_running_demo_keeps_its_data(committed_db: Database, folder: Path) -> None:
    run("backup", folder / "now.tar")
    with lock_data_dir(folder):
        assert "the demo is running" in refused("restore", folder / "now.tar", "--overwrite")


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\0" * 10_240])
def test_what_is_no_backup_changes_nothing(committed_db: Database, folder: Path, content: bytes) -> None:
    make_article(slug="bridges")
    (folder / "bad.tar").write_bytes(content)

    assert "is no backup" in refused("restore", folder / "bad.tar", "--overwrite")
    assert Article.objects.filter(slug="bridges").exists()


def test_half_a_backup_changes_nothing(committed_db: Database, folder: Path) -> None:
    make_article(slug="bridges")
    run("backup", folder / "now.tar")
    whole = (folder / "now.tar").read_bytes()
    (folder / "half.tar").write_bytes(whole[: len(whole) // 2])

    assert refused("restore", folder / "half.tar", "--overwrite")
    assert Article.objects.filter(slug="bridges").exists()


def test_a_full_disk_leaves_no_half_file(committed_db: Database, folder: Path) -> None:
    """The limit on a file's size stands for the full disk: the same error comes from the same call."""
    make_article()
    target = folder / "now.tar"
    limited = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    limited += "; os.execv(sys.executable, [sys.executable, 'manage.py', 'backup', sys.argv[1]])"
    done = subprocess.run(
        [sys.executable, "-c", limited, str(target)],
        env={**os.environ, **NO_BYTECODE, "DATABASE_URL": committed_db.url, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert not target.exists()
    assert not [path for path in folder.iterdir() if path.name.startswith(".now.tar")]


def test_the_folder_of_a_backup_must_be_there(committed_db: Database, folder: Path) -> None:
    assert "cannot be written" in refused("backup", folder / "nowhere" / "now.tar")
