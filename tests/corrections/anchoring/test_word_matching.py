"""The words that two stretches of text have in common."""

from corrections.anchoring.word_matching import MatchingBlock, match_words


def test_the_words_around_a_replaced_one_match() -> None:
    matched = match_words("the old bridge", "the new bridge", MatchingBlock(0, 14, 0, 14))
    assert matched == [MatchingBlock(0, 3, 0, 3), MatchingBlock(8, 14, 8, 14)]


def test_nothing_matches_in_an_empty_stretch() -> None:
    assert match_words("the old bridge", "the new bridge", MatchingBlock(4, 4, 0, 14)) == []
