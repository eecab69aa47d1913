"""How much of a passage and of what stands around it a candidate keeps."""

import pytest

from corrections.anchoring.scoring import (
    MAX_COMPARED_LENGTH,
    Candidate,
    CandidateScorer,
    Side,
    closes_sentence,
    count_letters,
    is_moved_passage,
    is_same_passage,
    is_wordless,
    kept_share,
    opens_sentence,
    similarity,
)
from corrections.anchoring.word_matching import MatchingBlock


def test_a_candidate_is_weighed_by_its_letters_and_its_sides() -> None:
    blocks = [MatchingBlock(0, 4, 0, 4), MatchingBlock(7, 22, 7, 22)]
    weighed = CandidateScorer("the old bridge is shut", "the new bridge is shut", blocks, 4, 7).weigh(4, 7)
    assert weighed == Candidate(4, 7, 0.0, Side(1.0, False, False), Side(1.0, True, False))
    assert weighed.weight == 2.0


def test_the_share_counts_letters_and_no_blanks() -> None:
    assert kept_share("ab cd", [MatchingBlock(0, 2, 0, 2)], 0, 5) == 0.5
    assert kept_share("ab  cd", [], 2, 4) == 1.0
    assert count_letters("a b\n") == 2


@pytest.mark.parametrize(
    ("offset", "opens", "closes"),
    [(0, True, False), (3, False, True), (4, False, True), (5, True, False), (8, False, True)],
)
def test_sentences_open_and_close(offset: int, opens: bool, closes: bool) -> None:
    assert opens_sentence("One. Two", offset) is opens
    assert closes_sentence("One. Two", offset) is closes


@pytest.mark.parametrize(("text", "wordless"), [("—", True), ("", True), ("1", False), ("é", False)])
def test_marks_alone_are_no_words(text: str, wordless: bool) -> None:
    assert is_wordless(text) is wordless


def test_very_long_texts_are_not_compared() -> None:
    half = "a" * (MAX_COMPARED_LENGTH // 2)
    assert similarity(half, half) == 1.0
    assert similarity(half, half + "a") == 0.0


def test_words_are_the_passage_by_half_of_their_letters_and_marks_never() -> None:
    apart = Side(0.0, False, False)
    assert is_same_passage("old bridge", "old tunnel", Candidate(0, 10, 0.5, apart, apart)) is True
    assert is_same_passage("old bridge", "new tunnel", Candidate(0, 10, 0.49, apart, apart)) is False
    assert is_same_passage("old", "—", Candidate(0, 1, 1.0, apart, apart)) is False


def test_a_short_passage_moves_with_its_neighbours_alone() -> None:
    beside, apart = Side(0.7, True, False), Side(0.0, False, False)
    assert is_moved_passage("bridge", "bridge", Candidate(0, 6, 1.0, apart, apart)) is False
    assert is_moved_passage("bridge", "tunnel", Candidate(0, 6, 0.0, beside, beside)) is True
    long = "the bridge over the river"
    assert is_moved_passage(long, long, Candidate(0, 25, 1.0, apart, apart)) is True
