"""The figures that a drill ends with, each against what is promised."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.drill.checks import seconds_until_triaged
from benchmarks.drill.journal import Journal
from benchmarks.drill.readers import PATIENCE


@dataclass(frozen=True, slots=True)
class Figure:
    """None where nothing was measured, which keeps no promise."""

    name: str
    value: float | None
    unit: str
    limit: float

    @property
    def kept(self) -> bool:
        return self.value is not None and self.value <= self.limit

    def __str__(self) -> str:
        value = "not measured" if self.value is None else f"{self.value:.0f} {self.unit}"
        return f"{self.name:62} {value:>12}   at most {self.limit:.0f}  {'kept' if self.kept else 'BROKEN'}"


def figures(journal: Journal) -> Iterator[Figure]:
    yield Figure("median answer with the broker down", journal.median_during("broker down"), "ms", 300)
    yield Figure("median answer with the broker hung", journal.median_during("broker hung"), "ms", 2500)
    for name in ("worker killed", "worker child killed"):
        yield Figure(f"triage resumes, {name}", _slowest(journal, name, after="began"), "s", 15)
    for name in ("broker down", "broker hung"):
        yield Figure(f"triage resumes, {name}, after its return", _slowest(journal, name, after="ended"), "s", 60)
    # Nought where nobody met one. Whoever was not taken at all within PATIENCE broke a promise already.
    longest = max((healed.seconds for healed in journal.healed), default=0.0)
    name = f"{len(journal.healed)} requests met a 5xx; the longest until a try was taken"
    yield Figure(name, longest, "s", PATIENCE)


def _slowest(journal: Journal, name: str, *, after: str) -> float | None:
    waits = [seconds_until_triaged(getattr(spell, after)) for spell in journal.spells if spell.name == name]
    known = [wait for wait in waits if wait is not None]
    return max(known) if known and len(known) == len(waits) else None
