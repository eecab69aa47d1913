"""Two marks of one mistake give one span."""

import pytest

from corrections.anchoring.spans import Span, changed_span, overlap

TEXT = "The comittee will recieve it. The comittee is is tired."


def span_of(exact: str, replacement: str | None, *, start: int = 0) -> Span:
    at = TEXT.index(exact, start)
    return changed_span(TEXT, Span(at, at + len(exact)), replacement)


@pytest.mark.parametrize(
    ("word", "word_right", "sentence", "sentence_right"),
    [
        ("recieve", "receive", "will recieve it", "will receive it"),
        ("comittee", "committee", "The comittee will", "The committee will"),
        ("is is", "is", "The comittee is is tired.", "The comittee is tired."),
        (" is", "", "comittee is is", "comittee is"),
    ],
)
def test_the_word_and_its_sentence_give_one_span(
    word: str, word_right: str, sentence: str, sentence_right: str
) -> None:
    start = TEXT.index("tired") - 20 if word.strip()[:2] == "is" else 0
    assert span_of(word, word_right, start=start) == span_of(sentence, sentence_right)


def test_an_insertion_is_a_place_and_slides_to_the_left_of_its_twins() -> None:
    assert span_of("comittee", "committee") == Span(6, 6)
    assert TEXT[:6] + "m" + TEXT[6:] == TEXT.replace("comittee", "committee", 1)


def test_without_a_replacement_the_whole_passage_is_meant() -> None:
    assert span_of("recieve it", None) == Span(18, 28)
    assert span_of("recieve it", "") == Span(18, 28)
    assert span_of("recieve ", "") == Span(17, 25)  # the blank before it could go as well as the one behind


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (Span(0, 5), Span(3, 9), 2),
        (Span(0, 5), Span(5, 9), None),
        (Span(5, 5), Span(5, 9), 0),
        (Span(5, 5), Span(5, 5), 0),
        (Span(5, 5), Span(6, 6), None),
        (Span(2, 2), Span(0, 9), 0),
    ],
)
def test_overlap(one: Span, other: Span, shared: int | None) -> None:
    assert overlap(one, other) == overlap(other, one) == shared
