"""Change reasons of cases, as the desk shows them."""

import pytest
from django.utils import translation

from corrections.models.change_reasons import translated_reason


@pytest.mark.parametrize(
    ("language", "stored", "shown"),
    [
        ("en", "on hold until 2026-12-01", "on hold until 1 December 2026"),
        ("de", "on hold until 2026-12-01", "zurückgestellt bis 1. Dezember 2026"),
        ("en", "on hold until 2026-13-45", "on hold until 2026-13-45"),
        ("en", "The word is right.", "The word is right."),
    ],
)
def test_a_stored_day_is_shown_as_the_language_writes_it(language: str, stored: str, shown: str) -> None:
    with translation.override(language):
        assert translated_reason(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("published in revision 3", "veröffentlicht in Fassung 3"),
        ("published in version 3", "veröffentlicht in Fassung 3"),
        ("revision 12", "Fassung 12"),
        ("version 12", "Fassung 12"),
    ],
)
def test_rows_of_older_histories_are_told_in_the_words_of_today(stored: str, shown: str) -> None:
    with translation.override("de"):
        assert translated_reason(stored) == shown
