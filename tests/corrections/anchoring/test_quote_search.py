"""A quote is found by its text and by what stands around it."""

import pytest

from corrections.anchoring.quote_search import MAX_OCCURRENCES, Occurrence, QuoteSearch, TooManyOccurrences


def test_the_copy_with_the_right_surroundings_comes_first() -> None:
    search = QuoteSearch("the cat saw the cat run", "cat", "saw the ", " run")
    assert search.whole() == [Occurrence(16, 19, 1.0)]
    first, second = search.verbatim()
    assert first == Occurrence(16, 19, 1.0)
    assert (second.start, second.end) == (4, 7)
    assert second.context < 0.5
    assert search.at(4, 7) == second


def test_other_quotation_marks_are_found_by_folding_alone() -> None:
    search = QuoteSearch("she said “no” to him", '"no"', "said ", "")
    assert search.verbatim() == []
    assert search.folded() == [Occurrence(9, 13, 1.0)]


def test_words_much_alike_are_found_between_unique_surroundings() -> None:
    found = QuoteSearch("the red cat ran", "rad cat", "the ", " ran").enclosed()
    assert found is not None
    assert (found.start, found.end) == (4, 11)
    assert QuoteSearch("the the red cat ran", "rad cat", "the ", " ran").enclosed() is None
    assert QuoteSearch("the big dog ran", "rad cat", "the ", " ran").enclosed() is None


def test_a_quote_may_stand_four_hundred_times_and_no_more() -> None:
    assert len(QuoteSearch("a " * MAX_OCCURRENCES, "a", "", "").verbatim()) == MAX_OCCURRENCES
    with pytest.raises(TooManyOccurrences):
        QuoteSearch("a " * (MAX_OCCURRENCES + 1), "a", "", "").verbatim()
