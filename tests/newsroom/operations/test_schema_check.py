"""Commands work with DATA_DIR alone, before anybody has set anything up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.support.import_file import TEXT, written

NOT_OURS = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")


def manage(*arguments: str, data_dir: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "DATA_DIR": str(data_dir), **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_an_article_is_imported_into_an_empty_data_dir(tmp_path: Path) -> None:
    file = written(tmp_path / "article.txt", TEXT)
    done = manage("import_article", str(file), "--slug", "first", data_dir=tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert "/articles/first/ revision 1 published" in done.stdout


@pytest.mark.parametrize("command", [["seed"], ["import_article", "a.txt", "--slug", "x"]])
def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path, command: list[str]) -> None:
    done = manage(*command, data_dir=tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert "does not answer" in line


def test_a_command_that_only_reads_makes_no_empty_database(tmp_path: Path) -> None:
    done = manage("verify_audit", data_dir=tmp_path / "data")
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert "migrate" in line
