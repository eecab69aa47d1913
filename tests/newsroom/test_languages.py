"""Which language the site speaks with the readers of a text."""

from typing import Any

import pytest
from django.utils import translation

from newsroom.languages import direction, own_name, speak, speaking, spoken_for, spoken_now


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("UK", "uk"), ("pl", "en"), ("", "en"), ("d", "en")],
)
def test_a_text_is_spoken_of_in_its_language_its_base_or_english(language: str, spoken: str) -> None:
    assert spoken_for(language) == spoken
    with speaking(language):
        assert translation.get_language() == spoken


def test_what_is_spoken_ends_with_the_block() -> None:
    with translation.override("fr"):
        with speaking("uk-UA"):
            assert spoken_now() == "uk"
        assert spoken_now() == "fr"
        speak("ar-EG")
        assert spoken_now() == "ar"


def test_where_no_language_is_active_it_is_the_sites_own(settings: Any) -> None:
    settings.LANGUAGE_CODE = "es"
    with translation.override(None):
        assert spoken_now() == "es"


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("AR-eg", "rtl"), ("he", "rtl"), ("en", "ltr"), ("", "ltr")]
)
def test_a_language_has_its_direction(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize(("language", "name"), [("de", "Deutsch"), ("uk", "Українська"), ("tlh", "tlh")])
def test_a_language_has_its_own_name(language: str, name: str) -> None:
    assert own_name(language) == name
