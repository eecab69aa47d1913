"""A passage that was moved is found among the inserted words."""

from corrections.anchoring.alignment import Alignment
from corrections.anchoring.moves import InsertedWords

FERRY = "The ferry leaves at noon from the northern pier.\n"
REST = "Nothing else is known about it today, they say.\n"


def test_a_moved_passage_is_found_where_its_sentence_went() -> None:
    moved = InsertedWords(Alignment(FERRY + REST, REST + FERRY))
    start = FERRY.index("northern pier")
    [by_words] = moved.find(start, start + 13)
    [verbatim] = moved.verbatim(start, start + 13)
    assert (by_words.start, by_words.end, by_words.own) == (82, 95, 1.0)
    assert (verbatim.start, verbatim.end) == (82, 95)


def test_what_stands_twice_or_went_for_good_is_not_found() -> None:
    start = FERRY.index("northern pier")
    twice = InsertedWords(Alignment(FERRY + REST, REST + FERRY + FERRY))
    assert twice.verbatim(start, start + 13) == []
    gone = InsertedWords(Alignment(FERRY + REST, REST + "Quite another sentence.\n"))
    assert gone.find(start, start + 13) == []
    assert gone.verbatim(start, start + 13) == []
