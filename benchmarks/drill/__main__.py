"""Puts the running system through everything that may go wrong, and tells whether a promise broke: `make drill`."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.drill.journal import BROKEN, FULL_HOUSE, print_counts, say
from benchmarks.drill.servers import Site, addresses
from newsroom.processes import PROJECT
from tests.postgres import free_port

FIRE = "import django; django.setup(); from benchmarks.drill.fire import main; main()"
CROWD = "import django; django.setup(); from benchmarks.drill.crowd import main; main()"


def main() -> None:
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    print(f"seed {seed}: make drill SEED={seed} chooses the same faults in the same order", flush=True)
    began = time.monotonic()
    # The drill's own servers, whatever site of the developer's the environment names.
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="corrigenda-drill-", dir="/tmp") as folder:
        broken = on_sqlite(Path(folder) / "sqlite", seed) + on_postgres(Path(folder) / "postgres", seed)
    for sentence in broken:
        print(f"BROKEN  {sentence}")
    print(f"{'a promise broke' if broken else 'every promise was kept'}; {time.monotonic() - began:.0f} s")
    sys.exit(bool(broken))


def on_sqlite(folder: Path, seed: str) -> list[str]:
    """Eight editors and twenty readers for a minute on the demo as it comes."""
    folder.mkdir()
    say("everybody at once, on SQLite")
    with Site(folder) as site:
        argv = [sys.executable, "-c", CROWD, str(site.port), str(FULL_HOUSE), seed]
        env = {**site.env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        env["REDIS_URL"] = f"unix://{folder}/data/valkey.sock"
        run = subprocess.run(argv, env=env, cwd=PROJECT, stdout=subprocess.PIPE, check=True)
    told = json.loads(run.stdout)
    print_counts("SQLite", told["counts"], told["acknowledged"], told["published"])
    return [f"on SQLite: {sentence}" for sentence in told["broken"]] + locked(site.log)


def on_postgres(folder: Path, seed: str) -> list[str]:
    """Everybody at once, then the faults, in a process whose settings name the servers that it starts and kills."""
    folder.mkdir()
    port = free_port()
    site = Site(folder, **addresses(folder, port))
    env = {**site.env, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "DRILL_SEED": seed}
    subprocess.run([sys.executable, "-c", FIRE, str(folder), str(port)], env=env, cwd=PROJECT, check=True)
    broken: list[str] = json.loads((folder / BROKEN).read_text())
    return broken


def locked(log: Path) -> list[str]:
    return [f"on SQLite: {line}" for line in log.read_text().splitlines() if "locked" in line][:3]


if __name__ == "__main__":
    main()
