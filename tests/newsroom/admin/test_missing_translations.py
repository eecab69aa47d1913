"""Sentences of the packages that a language of ours lacks are in our own catalogues."""

import pytest
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from newsroom.admin.missing_translations import SENTENCES

OTHERS = [code for code, _name in settings.LANGUAGES if not code.startswith("en")]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("sentence", [each for each in SENTENCES if isinstance(each, str)])
def test_each_sentence_is_said_in_each_language(code: str, sentence: str) -> None:
    with override(code):
        assert gettext(sentence) != sentence


@pytest.mark.parametrize("code", OTHERS)
def test_the_sentence_with_a_number_is_said_in_each_language(code: str) -> None:
    one, many = (
        f"This password is too short. It must contain at least %d {word}." for word in ("character", "characters")
    )
    with override(code):
        assert ngettext(one, many, 12) not in (one, many)
