"""Sliding-window rate limits, as data and as a pure function."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` within any `seconds`."""

    seconds: int
    most: int


# Well above what a person who corrects a newspaper needs, far below what a script wants.
SUGGESTION_LIMITS = (Window(60, 5), Window(60 * 60, 20), Window(24 * 60 * 60, 60))
# Generous, as refused requests are cheap and happen to honest programs too.
REFUSAL_LIMITS = (Window(60, 120),)


def longest_window(windows: Iterable[Window]) -> int:
    """Seconds after which an event is outside every window."""
    return max(window.seconds for window in windows)


def seconds_to_wait(moments: Sequence[float], now: float, windows: Iterable[Window]) -> float:
    """Seconds until every window has room, 0 for now. `moments`: times of past events in seconds, ascending."""
    wait = 0.0
    for window in windows:
        inside = [moment for moment in moments if moment > now - window.seconds]
        if len(inside) >= window.most:
            wait = max(wait, inside[-window.most] + window.seconds - now)
    return wait
