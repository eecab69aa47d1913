"""Without a correction desk nobody is thanked and nobody waited."""

from typing import Any

import pytest

from newsroom.record.desk_hooks import credits_of, median_wait


@pytest.fixture(autouse=True)
def no_desk(settings: Any) -> None:
    settings.DESK_CREDITS_HOOK = settings.DESK_MEDIAN_WAIT_HOOK = None


def test_without_a_desk_nobody_is_thanked_and_nobody_waited() -> None:
    assert credits_of([1, 2]) == {}
    assert median_wait(None, None) is None


def test_a_hook_is_called_by_its_dotted_path(settings: Any) -> None:
    settings.DESK_CREDITS_HOOK, settings.DESK_MEDIAN_WAIT_HOOK = "builtins.sorted", "operator.eq"

    assert credits_of([2, 1]) == [1, 2]  # type: ignore[comparison-overlap]  # what `sorted` gives
    assert median_wait(None, None) is True  # type: ignore[comparison-overlap]  # what `eq` gives
