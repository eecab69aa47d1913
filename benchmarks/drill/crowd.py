"""Eight editors and twenty readers at once: in a drill on PostgreSQL, as a program of its own on SQLite."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.drill.checks import broken_promises, wait_for_calm
from benchmarks.drill.editors import DeskEditor
from benchmarks.drill.journal import Journal
from benchmarks.drill.readers import Reader
from benchmarks.drill.witness import call_witness

EDITORS, READERS = 8, 20
FAILURES = ("answers", "pages", "editors without")


@contextmanager
def crowd(port: int, journal: Journal, *, seed: str, editors: int, readers: int, pause: float) -> Iterator[None]:
    """People at work as long as the block lasts; at its end each finishes what is in hand."""
    stop = threading.Event()
    people: list[threading.Thread] = [
        DeskEditor(number, journal, stop, seed=f"{seed} editor {number}", pause=pause) for number in range(editors)
    ]
    people += [Reader(port, journal, stop, seed=f"{seed} reader {number}", pause=pause) for number in range(readers)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        stop.set()
        for person in people:
            person.join()


def full_house(port: int, journal: Journal, *, seed: str, seconds: float) -> None:
    """A minute of everybody at once, and what it broke: the journal tells."""
    call_witness()
    with crowd(port, journal, seed=seed, editors=EDITORS, readers=READERS, pause=1.0):
        time.sleep(seconds)
    for name, number in journal.counts.items():
        if name.startswith(FAILURES) and name != "answers 202":
            journal.break_promise(f"nothing was broken, and the drill counted {number} × {name}")
    if not wait_for_calm():
        journal.break_promise("not everything owed was done")
    for sentence in broken_promises(journal):
        journal.break_promise(sentence)


def main() -> None:
    """Print what was counted and what was broken, as JSON."""
    port, seconds, seed = sys.argv[1:]
    journal = Journal()
    full_house(int(port), journal, seed=seed, seconds=float(seconds))
    told = {"counts": journal.counts, "published": len(journal.published), "broken": journal.broken}
    json.dump(told | {"acknowledged": len(journal.acknowledged)}, sys.stdout)
