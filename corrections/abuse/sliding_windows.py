"""Sliding windows: how many of a kind may fall into any stretch of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` within any `seconds`."""

    seconds: int
    most: int


# What people who correct a newspaper need, with room to spare; a script gets little out of it.
SUGGESTIONS = (Window(60, 5), Window(60 * 60, 20), Window(24 * 60 * 60, 60))
# Refused requests cost little and happen to honest programs too.
REFUSALS = (Window(60, 120),)


def longest(windows: Iterable[Window]) -> int:
    """Seconds after which a moment counts nowhere any more."""
    return max(window.seconds for window in windows)


def wait_for_room(moments: Sequence[float], now: float, windows: Iterable[Window]) -> float:
    """Seconds until one more fits into every window; 0 when it does now. `moments` are in seconds, ascending."""
    wait = 0.0
    for window in windows:
        inside = [moment for moment in moments if moment > now - window.seconds]
        if len(inside) >= window.most:
            wait = max(wait, inside[-window.most] + window.seconds - now)
    return wait
