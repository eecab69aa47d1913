"""Puts the running system through everything that may go wrong, and tells whether a promise broke: `make drill`."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.drill.journal import BROKEN, FULL_HOUSE, print_counts, say
from benchmarks.drill.servers import DoesNotStart, Site, addresses
from newsroom.demo.processes import PROJECT
from tests.support.postgres import free_port

LONGEST = 900  # seconds
FIRE = "import django; django.setup(); from benchmarks.drill.fire import main; main()"
CROWD = "import django; django.setup(); from benchmarks.drill.crowd import main; main()"


def main() -> None:
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    print(f"seed {seed}: make drill SEED={seed} chooses the same faults in the same order", flush=True)
    began = time.monotonic()
    # The drill's own servers, whatever site of the developer's the environment names.
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with ExitStack() as afterwards:
        folder = Path(tempfile.mkdtemp(prefix="corrigenda-drill-", dir="/tmp"))
        afterwards.callback(shutil.rmtree, folder, ignore_errors=True)  # what was interrupted may still write there
        try:
            broken = on_sqlite(folder / "sqlite", seed) + on_postgres(folder / "postgres", seed)
        except DoesNotStart as error:
            broken = [str(error)]
        if broken:
            afterwards.pop_all()
    if (seconds := time.monotonic() - began) > LONGEST:
        broken.append(f"the drill took longer than {LONGEST} s")
    for sentence in broken:
        print(f"BROKEN  {sentence}", flush=True)
    if broken:
        sys.exit(f"a promise broke; {seconds:.0f} s; what is left of the databases and the logs lies in {folder}")
    print(f"every promise was kept; {seconds:.0f} s")


def on_sqlite(folder: Path, seed: str) -> list[str]:
    """Eight editors and twenty readers for a minute on the demo as it comes."""
    folder.mkdir()
    say("everybody at once, on SQLite")
    with Site(folder) as site:
        argv = [sys.executable, "-c", CROWD, str(site.port), str(FULL_HOUSE), seed]
        env = {**site.env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        env["REDIS_URL"] = f"unix://{folder}/data/valkey.sock"
        run = subprocess.run(argv, env=env, cwd=PROJECT, stdout=subprocess.PIPE, check=False)
    if run.returncode:
        return [f"on SQLite the drill itself ended early, with exit code {run.returncode}"]
    told = json.loads(run.stdout)
    print_counts("SQLite", told["counts"], told["acknowledged"], told["published"])
    return [f"on SQLite: {sentence}" for sentence in told["broken"]] + locked(site.log)


def on_postgres(folder: Path, seed: str) -> list[str]:
    """Everybody at once, then the faults, in a process whose settings name the servers that it starts and kills."""
    folder.mkdir()
    port = free_port()
    site = Site(folder, **addresses(folder, port))
    env = {**site.env, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "DRILL_SEED": seed}
    argv = [sys.executable, "-c", FIRE, str(folder), str(port)]
    run = subprocess.run(argv, env=env, cwd=PROJECT, check=False)
    if run.returncode:
        return [f"on PostgreSQL the drill itself ended early, with exit code {run.returncode}"]
    broken: list[str] = json.loads((folder / BROKEN).read_text())
    return broken


def locked(log: Path) -> list[str]:
    return [f"on SQLite: {line}" for line in log.read_text().splitlines() if "locked" in line][:3]


if __name__ == "__main__":
    main()
