"""Sliding windows: the wait until one more fits."""

import pytest

from corrections.abuse.sliding_windows import Window, seconds_to_wait

WINDOWS = (Window(60, 2), Window(3600, 3))


@pytest.mark.parametrize(
    ("moments", "now", "wait"),
    [
        ([], 1000, 0),
        ([990], 1000, 0),
        ([950, 990], 1000, 10),
        ([940, 990], 1000, 0),
        ([100, 950, 990], 1000, 2700),
        ([100, 200, 300], 1000, 2700),
        ([100, 200, 300, 400], 1000, 2800),
    ],
)
def test_the_wait_is_that_of_the_window_that_is_full_the_longest(moments: list[float], now: float, wait: float) -> None:
    assert seconds_to_wait(moments, now, WINDOWS) == wait
