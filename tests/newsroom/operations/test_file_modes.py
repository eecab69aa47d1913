"""What the site writes is its own user's alone."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from newsroom.demo.processes import PROJECT
from newsroom.operations.file_modes import keep_private


def modes(folder: Path) -> dict[str, int]:
    """Of everything in it that others could read, by name."""
    found = {str(path): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    return {name: mode for name, mode in found.items() if mode & 0o077}


def test_every_file_of_a_site_is_its_users_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env = {**kept, "DATA_DIR": str(data)}
    mail = "EmailMessage('a', 'b', 'c@d.example', ['e@f.example'], headers={'Message-ID': '<a1@d.example>'})"
    steps = [
        ["migrate", "--verbosity", "0"],
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["seed"],
        ["backup", str(data / "backup.tar")],
        ["shell", "-c", f"from django.core.mail import EmailMessage; {mail}.send()"],
    ]
    for step in steps:
        argv = ['umask 022; exec "$@"', "sh", sys.executable, "manage.py", *step]
        subprocess.run(["/bin/sh", "-c", *argv], env=env, cwd=PROJECT, check=True, capture_output=True)
    assert (data / "corrigenda.sqlite3").exists()
    assert list((data / "mail").iterdir())
    assert modes(data) == {}


def test_what_an_older_version_left_open_is_closed(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (tmp_path / "valkey" / "appendonlydir").mkdir(parents=True)
        for name in ("corrigenda.sqlite3", "corrigenda.sqlite3-wal", "valkey/valkey.log", "valkey/appendonlydir/aof.1"):
            (tmp_path / name).touch()
        keep_private(tmp_path)
        (tmp_path / "later").touch()
        assert modes(tmp_path) == {}
    finally:
        os.umask(before)


def test_a_folder_that_is_meant_for_everybody_stays_open(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        tmp_path.chmod(0o1777)
        keep_private(tmp_path)
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    finally:
        os.umask(before)
