"""One measured figure and what it is held against."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """A line of bench.json."""

    name: str
    value: float
    unit: str
    target: float
    better: Literal["lower", "higher"]

    @property
    def met(self) -> bool:
        return self.value <= self.target if self.better == "lower" else self.value >= self.target

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def ratio_in_turns(ours: Callable[[], float], yardstick: Callable[[], float], *, turns: int = 5) -> float:
    """The median of ours / yardstick over pairs taken in turn: a machine that slows down slows both of a pair."""
    return median(ours() / yardstick() for _turn in range(turns))
