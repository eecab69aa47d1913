"""A disk that is full, or may not be written to, ends a start in one clear line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.demo.processes import PROJECT
from tests.support.postgres import free_port

# The limit on a file's size stands for the full disk: the same calls fail in the same way.
LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
# Python would take half a file of bytecode for a whole one, there and in every later start.
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}


def demo(data_dir: Path, *, largest_file: int = -1) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env = {**kept, "DATA_DIR": str(data_dir), "PORT": str(free_port()), **NO_BYTECODE}
    argv = [sys.executable, "-c", LIMITED, str(largest_file), "manage.py", "demo"]
    return subprocess.run(argv, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("largest_file", "sentence"),
    [(10, "error: DATA_DIR cannot keep secret_key: File too large"), (20_000, "error: disk I/O error")],
)
def test_a_full_disk_ends_the_start_in_one_line(tmp_path: Path, largest_file: int, sentence: str) -> None:
    ended = demo(tmp_path / "data", largest_file=largest_file)

    assert ended.returncode == 1
    assert ended.stderr.strip() == sentence
    # Half a key would be worse than none: the next start would run with it.
    assert not (tmp_path / "data" / "secret_key").exists() or largest_file > 64


def test_a_folder_that_may_not_be_written_to_is_named() -> None:
    # Nobody can make a folder there, the machine's owner included.
    ended = demo(Path("/proc/corrigenda"))

    assert ended.returncode == 1
    assert ended.stderr.startswith("error: DATA_DIR names /proc/corrigenda, which cannot be made: ")
    assert len(ended.stderr.strip().splitlines()) == 1
