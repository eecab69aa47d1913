"""Where a passage begins and ends between what was kept around it."""

import pytest

from corrections.anchoring.boundaries import BoundaryFinder, map_offset
from corrections.anchoring.word_matching import MatchingBlock


def test_a_replaced_word_is_all_that_stands_between_its_neighbours() -> None:
    old, new = "the old bridge is shut", "the very ancient bridge is shut"
    blocks = [MatchingBlock(0, 4, 0, 4), MatchingBlock(7, 22, 16, 31)]
    finder = BoundaryFinder(old, new, blocks, 4, 7, {})
    assert finder.find() == (4, 16)
    assert finder.room() == (4, 16)
    assert new[4:16] == "very ancient"


@pytest.mark.parametrize(("offset", "mapped"), [(0, 0), (3, 4), (7, 7)])
def test_an_offset_inside_a_word_follows_its_letters(offset: int, mapped: int) -> None:
    assert map_offset("recieve", "receive", offset) == mapped
