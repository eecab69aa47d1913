"""Which language the site speaks with the readers of a text."""

from typing import Any

import pytest
from django.utils import translation

from newsroom.languages import (
    activate_language,
    current_language,
    direction,
    native_name,
    override_language,
    supported_language,
)


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("UK", "uk"), ("pl", "en"), ("", "en"), ("d", "en")],
)
def test_a_text_is_spoken_of_in_its_language_its_base_or_english(language: str, spoken: str) -> None:
    assert supported_language(language) == spoken
    with override_language(language):
        assert translation.get_language() == spoken


def test_what_is_spoken_ends_with_the_block() -> None:
    with translation.override("fr"):
        with override_language("uk-UA"):
            assert current_language() == "uk"
        assert current_language() == "fr"
        activate_language("ar-EG")
        assert current_language() == "ar"


def test_where_no_language_is_active_it_is_the_sites_own(settings: Any) -> None:
    settings.LANGUAGE_CODE = "es"
    with translation.override(None):
        assert current_language() == "es"


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("AR-eg", "rtl"), ("he", "rtl"), ("en", "ltr"), ("", "ltr")]
)
def test_a_language_has_its_direction(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize(("language", "name"), [("de", "Deutsch"), ("uk", "Українська"), ("tlh", "tlh")])
def test_a_language_has_its_own_name(language: str, name: str) -> None:
    assert native_name(language) == name
