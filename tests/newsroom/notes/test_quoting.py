"""Quotation marks by language, and cuts at words."""

import pytest

from newsroom.notes.quoting import cut, quoted


@pytest.mark.parametrize(
    ("language", "words", "shown"),
    [
        ("en-GB", "67 years", "“67 years”"),
        ("de-AT", "67 Jahre", "„67 Jahre“"),
        ("es", "67 años", "«67 años»"),
        ("fr", "67 ans", "«\xa067 ans\xa0»"),
        ("uk", "67 років", "«67 років»"),
        ("ar", "67 عامًا", "«67 عامًا»"),
        ("en", "He said “yes” twice", "“He said ‘yes’ twice”"),
        ("en", "one\n\ntwo\u202e", "“one two”"),
    ],
)
def test_words_stand_between_the_marks_of_their_language(language: str, words: str, shown: str) -> None:
    assert quoted(words, language) == shown


def test_a_long_passage_is_cut_at_words() -> None:
    words = "one two three four five six seven eight nine ten"
    assert cut(words, 60) == words
    assert cut(words, 20) == "one two three four …"
    assert cut(words, 20, start=words.index("ix ")) == "… six seven eight nine …"
    assert cut(words, 20, start=words.index("ten")) == "… seven eight nine ten"
