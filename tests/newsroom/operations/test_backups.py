"""A backup holds one moment of the whole, and what it gives back is whole again."""

import os
import subprocess
import sys
import tarfile
import threading
from io import BytesIO, StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from newsroom.models import AppFactor, Article, Revision
from newsroom.operations.backups import PICTURE_SUFFIXES
from newsroom.operations.lockfile import lock_data_dir
from newsroom.publishing.pictures import SUFFIX
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


def test_a_backup_holds_no_session_and_restoring_an_older_one_ends_those_it_holds(
    committed_db: Database, empty: Database, folder: Path, settings: Any
) -> None:
    editor, client = make_editor(), Client()
    client.force_login(editor)
    key = client.session.session_key
    AppFactor.objects.create(user=editor, key="ab" * 20)
    run("backup", folder / "now.tar")
    assert Session.objects.count() == 1  # the site's own goes on

    with tarfile.open(folder / "now.tar") as tar:
        dump = tar.extractfile("database")
        assert dump
        held = dump.read()
    assert str(key).encode() not in held
    assert b"ab" * 20 not in held
    settings.MEDIA_ROOT = folder / "restored-media"
    with default_database(empty):
        run("restore", folder / "now.tar")
        assert not Session.objects.exists()
        assert AppFactor.objects.get().key == "ab" * 20


def make_archive(folder: Path, *members: tarfile.TarInfo) -> Path:
    """A backup with members that no backup of ours has."""
    run("backup", folder / "now.tar")
    with tarfile.open(folder / "now.tar", "a") as tar:
        for member in members:
            tar.addfile(member, BytesIO(b"x" * member.size))
    return folder / "now.tar"


def member(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.size = kind, 1 if kind == tarfile.REGTYPE else 0
    return found


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (member(""), "holds '', which no backup of ours does"),
        (member("media/../../x.png"), "which no backup of ours does"),
        (member("/etc/x.png"), "which no backup of ours does"),
        (member("elsewhere.png"), "which no backup of ours does"),
        (member("media/link.png", tarfile.SYMTYPE), "which no backup of ours does"),
        (member("media/pipe.png", tarfile.FIFOTYPE), "which no backup of ours does"),
        (member("media/x.svg"), "holds 'media/x.svg', and uploads of that type are refused"),
        (member("media/x.html"), "holds 'media/x.html', and uploads of that type are refused"),
        (member("media/pictures/bridge.png"), "holds 'media/pictures/bridge.png' twice"),
        (member("media/noname"), "holds 'media/noname', and uploads of that type are refused"),
    ],
)
def test_a_member_that_no_backup_holds_is_one_line_and_changes_nothing(
    committed_db: Database, folder: Path, odd: tarfile.TarInfo, why: str
) -> None:
    archive = make_archive(folder, odd)
    make_article(slug="after")

    assert why in refused("restore", archive, "--overwrite")
    assert Article.objects.filter(slug="after").exists()


def with_manifest(archive: Path, *, content: bytes = b"", **attributes: Any) -> Path:
    """The same backup with another manifest, whatever its header says."""
    target = archive.with_name("bent.tar")
    with tarfile.open(archive) as old, target.open("wb") as new:
        for kept in old.getmembers():
            file = old.extractfile(kept)
            body = file.read() if file else b""
            if kept.name == "manifest.json":
                body = content or body
                kept.size = len(body)
                for name, value in attributes.items():
                    setattr(kept, name, value)
            new.write(kept.tobuf(format=tarfile.GNU_FORMAT) + body + bytes(-len(body) % tarfile.BLOCKSIZE))
    return target


BENT: list[dict[str, Any]] = [
    *({"content": b"[" * 50_000}, {"content": b'{"format": ' + b"9" * 5_000 + b"}"}, {"content": b" " * 70_000}),
    *({"type": tarfile.SYMTYPE, "linkname": "manifest.json"}, {"type": tarfile.LNKTYPE, "linkname": "manifest.json"}),
    *({"size": -600}, {"size": -2_048}, {"size": 1 << 60}, {"type": tarfile.GNUTYPE_SPARSE}),
]


def test_a_bent_backup_is_one_line(committed_db: Database, folder: Path) -> None:
    run("backup", folder / "now.tar")
    for bent in BENT:
        assert "backup" in refused("restore", with_manifest(folder / "now.tar", **bent), "--overwrite"), bent


def test_a_file_of_holes_fills_no_disk(committed_db: Database, folder: Path) -> None:
    """Forty gigabytes of nothing, in a tar of some kilobytes."""
    run("backup", folder / "now.tar")
    hole = folder / "unpacked" / "media" / "hole.png"
    hole.parent.mkdir(parents=True)
    with hole.open("wb") as file:
        file.truncate(40 << 30)
    subprocess.run(["tar", "--sparse", "-C", hole.parents[1], "-rf", folder / "now.tar", "media/hole.png"], check=True)
    assert "hole.png" in refused("restore", folder / "now.tar", "--overwrite")


def test_pictures_behind_a_link_are_in_the_backup(committed_db: Database, folder: Path) -> None:
    (folder / "media").rename(folder / "other-disk")
    (folder / "media").symlink_to("other-disk")
    (folder / "third-disk").mkdir()
    (folder / "third-disk" / "mill.png").write_bytes(b"a mill")
    (folder / "media" / "old").symlink_to(folder / "third-disk")
    os.link(folder / "other-disk" / "pictures" / "bridge.png", folder / "other-disk" / "twin.png")

    run("backup", folder / "now.tar")
    with tarfile.open(folder / "now.tar") as tar:
        held = {kept.name for kept in tar.getmembers() if kept.isfile()}
    assert {"media/pictures/bridge.png", "media/old/mill.png", "media/twin.png"} <= held


def test_a_backup_leaves_out_what_is_no_picture_and_knows_every_type_that_uploads_are_written_as(
    committed_db: Database, folder: Path
) -> None:
    (folder / "media" / "Thumbs.db").write_text("x")
    run("backup", folder / "now.tar")

    with tarfile.open(folder / "now.tar") as tar:
        assert [name for name in tar.getnames() if "." in name] == ["manifest.json", "media/pictures/bridge.png"]
    assert set(SUFFIX.values()) <= PICTURE_SUFFIXES


def test_restoring_twice_as_many_files_takes_twice_as_many_steps(committed_db: Database, folder: Path) -> None:
    def steps(files: int) -> int:
        (folder / "now.tar").unlink(missing_ok=True)
        archive = make_archive(folder, *(member(f"media/{files}-{number}.png") for number in range(files)))
        taken = 0

        def count(frame: FrameType, event: str, _value: Any) -> Any:
            nonlocal taken
            taken += frame.f_code.co_filename == tarfile.__file__
            return count

        sys.settrace(count)
        try:
            run("restore", archive, "--overwrite")
        finally:
            sys.settrace(None)
        return taken

    assert steps(400) < 2.2 * steps(200)


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
