"""Texts are compared by words in one spelling, whatever characters spell them."""

import pytest

from corrections.anchoring.tokens import fold, inside_word, tokenise


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("“a”  –\u00a0b\u00ad…", '"a" - b...'),
        (" cafe\u0301 ", "café"),
        ("plain text", "plain text"),
        ("10²", "10²"),
    ],
)
def test_what_looks_alike_has_one_key(text: str, key: str) -> None:
    assert fold(text) == key


def test_words_and_marks_are_found_with_their_places() -> None:
    words = tokenise("Don’t stop.\n\nGo 東京", 0, 20)
    assert words.keys == ["don", "'", "t", "stop", ".", "\n", "go", "東", "京"]
    assert words.starts == [0, 3, 4, 6, 10, 11, 13, 16, 17]
    assert words.ends == [3, 4, 5, 10, 11, 13, 15, 17, 18]
    assert words.cut(3, 5).keys == ["stop", "."]


@pytest.mark.parametrize(
    ("text", "offset", "inside"),
    [("ab c", 0, False), ("ab c", 1, True), ("ab c", 2, False), ("ab c", 4, False), ("東京", 1, False)],
)
def test_an_offset_splits_a_word_or_none(text: str, offset: int, inside: bool) -> None:
    assert inside_word(text, offset) is inside
