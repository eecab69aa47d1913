"""Everybody at once on PostgreSQL, then fault after fault: a process of its own, begun by `benchmarks.drill`."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.drill.checks import broken_promises, wait_for_calm
from benchmarks.drill.crowd import crowd, full_house
from benchmarks.drill.faults import Faults
from benchmarks.drill.figures import figures
from benchmarks.drill.journal import BROKEN, FULL_HOUSE, Journal, print_counts, say
from benchmarks.drill.servers import DoesNotStart, Foundations, Site
from newsroom.demo.processes import PROJECT

SUBMISSIONS = 1000
LONGEST = 480.0  # seconds of sending, whatever the machine makes of it
EDITORS, READERS, PAUSE = 3, 10, 0.6


def main() -> None:
    """Leave the broken promises as JSON in the folder."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    foundations, journal = Foundations(folder, port), Journal()
    try:
        # A database that is not the demo's own is migrated by its owner.
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=PROJECT, check=True)
        with Site(folder, PORT=os.environ["PORT"]) as site:
            say("everybody at once, on PostgreSQL")
            journal.began = time.time()
            full_house(site.port, journal, seed=os.environ["DRILL_SEED"], seconds=FULL_HOUSE)
            print_counts("PostgreSQL", journal.counts, len(journal.acknowledged), len(journal.published))
            under_fire(site, foundations, journal, seed=os.environ["DRILL_SEED"])
    except DoesNotStart as error:
        journal.break_promise(str(error))
    finally:
        foundations.stop()
    (folder / BROKEN).write_text(json.dumps(journal.broken))


def under_fire(site: Site, foundations: Foundations, journal: Journal, *, seed: str) -> None:
    faults, began = Faults(site, foundations, journal, seed=seed), time.monotonic()
    before = len(journal.acknowledged)
    with crowd(site.port, journal, seed=f"{seed} faults", editors=EDITORS, readers=READERS, pause=PAUSE):
        for wait, fault in faults.schedule():
            time.sleep(wait)
            say(f"{time.monotonic() - began:4.0f} s  {fault.__name__.replace('_', ' ')}")
            fault()
        time.sleep(20)  # the last fault is to be got over too
        while len(journal.acknowledged) - before < SUBMISSIONS and time.monotonic() - began < LONGEST:
            time.sleep(1)
    if (sent := len(journal.acknowledged) - before) < SUBMISSIONS:
        journal.break_promise(f"only {sent} suggestions were taken under fire, {SUBMISSIONS} are wanted")
    say("waiting for calm")
    if not wait_for_calm():
        journal.break_promise("not everything owed was done")
    for sentence in broken_promises(journal):
        journal.break_promise(sentence)
    print_counts("all on PostgreSQL", journal.counts, len(journal.acknowledged), len(journal.published))
    print(f"of the suggestions {sent} were taken under fire; {len(journal.heads)} heads were kept and found again")
    for figure in figures(journal):
        print(figure, flush=True)
        if not figure.kept:
            journal.break_promise(str(figure))
