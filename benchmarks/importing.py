"""How long an import keeps other writers of a SQLite site waiting."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.rows import Row
from newsroom.demo.processes import PROJECT

PARAGRAPHS = 2_000  # 300 KB, which took 3 s when it was read inside the transaction
POLL = 0.0005


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="corrigenda-bench-", dir="/tmp") as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        env = {**kept, "DATA_DIR": folder}
        _manage("migrate", "--verbosity", "0", env=env).wait()
        for number in range(1, 4):
            page = Path(folder) / f"page{number}.html"
            page.write_text(_page(number), encoding="utf-8")
            if number == 1:  # also makes the importer's account
                _manage("import_article", str(page), "--slug", "page-1", env=env).wait()
        waits = [_longest_wait(Path(folder), number, env) for number in (2, 3)]
    yield Row("import_seconds_holding_the_lock", max(waits), "s", 0.05, "lower")


def _page(number: int) -> str:
    sentence = (
        "The ferry to Sorrel Bay leaves at seven, and the harbour office opens an hour later, as it did last year."
    )
    text = "".join(f"<p>{sentence} This is paragraph {each} of page {number}.</p>\n" for each in range(PARAGRAPHS))
    return f"<!doctype html><html lang='en'><title>Page {number}</title><article><h1>Page {number}</h1>{text}</article>"


def _longest_wait(folder: Path, number: int, env: dict[str, str]) -> float:
    """Seconds for which the import refused a writer who tries all the time, the longest of them."""
    longest, since = 0.0, None
    with closing(sqlite3.connect(folder / "corrigenda.sqlite3", timeout=0, isolation_level=None)) as writer:
        importing = _manage("import_article", str(folder / f"page{number}.html"), "--slug", f"page-{number}", env=env)
        while importing.poll() is None:
            now = time.perf_counter()
            if _can_write(writer):
                longest, since = max(longest, now - since if since else 0.0), None
            else:
                since = since or now
            time.sleep(POLL)
    if importing.returncode:
        raise RuntimeError("the import failed")
    return longest


def _can_write(writer: sqlite3.Connection) -> bool:
    try:
        writer.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    writer.execute("ROLLBACK")
    return True


def _manage(*argv: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "manage.py", *argv], cwd=PROJECT, env=env, stdout=subprocess.DEVNULL)
