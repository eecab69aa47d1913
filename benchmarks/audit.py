"""The check of the whole record, against SHA-256 alone over the bytes that the hashes cover."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row, ratio_in_turns
from newsroom.demo.processes import PROJECT
from tests.support.postgres import start_postgres

ROUNDS = "import django; django.setup(); from benchmarks.acts import main; main()"


def rows() -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory(prefix="corrigenda-bench-", dir="/tmp") as folder,
        start_postgres(Path(folder)) as server,
    ):
        env = {
            **os.environ,
            "DATA_DIR": f"{folder}/data",
            "DATABASE_URL": server.url("postgres"),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        for command in ("migrate", "seed"):
            argv = [sys.executable, "manage.py", command]
            subprocess.run(argv, env=env, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        run = subprocess.run([sys.executable, "-c", ROUNDS], env=env, cwd=PROJECT, check=True, stdout=subprocess.PIPE)
    pairs: list[list[float]] = json.loads(run.stdout)
    for whole, hashing in pairs:
        print(f"record checked in {whole:.2f} s, its bytes hashed in {hashing:.3f} s")
    ours, yardstick = (iter(seconds) for seconds in zip(*pairs, strict=True))
    value = ratio_in_turns(lambda: next(ours), lambda: next(yardstick), turns=len(pairs))
    yield Row("audit_100k_ratio", value, "ratio", 25, "lower")
