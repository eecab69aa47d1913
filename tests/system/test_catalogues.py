"""The catalogues hold every sentence, translated whole; what is compiled is what is written."""

import io
import re
from collections import Counter
from gettext import c2py

import pytest
from babel.messages import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from django.conf import settings

from tests.support.catalogues import (
    LANGUAGES,
    as_mo,
    as_po,
    found_messages,
    merged,
    mo_file,
    po_file,
    read_catalogue,
    strings_of,
)

# Languages whose translation is finished; each must then have every sentence.
COMPLETE: tuple[str, ...] = LANGUAGES
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|\[\w+\]")
TAG = re.compile(r"</?\w+[^>]*>|&\w+;")
COUNTED = range(200)  # numbers that are tried to tell which of them a plural form is for


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return found_messages()


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def numbers_of(language: str, form: int) -> list[int]:
    """The numbers among COUNTED for which a language uses a plural form."""
    chosen = c2py(get_plural(language).plural_expr)
    return [number for number in COUNTED if chosen(number) == form]


def wrong_in(message: Message, language: str) -> list[str]:
    """What is wrong with one translation, in words; empty when it is whole."""
    ids: tuple[str, ...] = tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)
    strings = strings_of(message)
    if message.fuzzy or not all(strings):
        return [f"not translated: {ids[0]}"]
    wrong = []
    for form, string in enumerate(strings):
        # A form that stands for one number alone need not say it.
        is_of_one = len(ids) > 1 and len(numbers_of(language, form)) == 1
        left_out = placeholders(ids[-1]) - placeholders(string)
        added = placeholders(string) - placeholders(ids[-1])
        if added or left_out.total() > is_of_one:
            wrong.append(f"placeholders differ: {ids[0]} | {string}")
        if Counter(TAG.findall(string)) != Counter(TAG.findall(ids[-1])):
            wrong.append(f"markup differs: {ids[0]} | {string}")
        if string != string.strip() and ids[0] == ids[0].strip():
            wrong.append(f"blanks at an end: {string}")
    return wrong


def test_every_language_of_the_site_but_english_has_a_catalogue() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {*LANGUAGES, "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_the_sentences_as_the_sources_have_them(language: str, messages: list[Message]) -> None:
    written = po_file(language).read_bytes()
    assert written == as_po(merged(language, messages)), "run make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert mo_file(language).read_bytes() == as_mo(read_catalogue(language)), "run make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_translated_is_translated_whole(language: str) -> None:
    begun = [each for each in read_catalogue(language) if each.id and any(strings_of(each))]
    assert [sentence for each in begun for sentence in wrong_in(each, language)] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_everything_is_translated(language: str) -> None:
    assert [sentence for each in read_catalogue(language) if each.id for sentence in wrong_in(each, language)] == []


@pytest.mark.parametrize(
    ("language", "entry", "wrong"),
    [
        ("de", 'msgid "Cases"\nmsgstr ""', "not translated"),
        ("de", '#, fuzzy\nmsgid "Cases"\nmsgstr "Fälle"', "not translated"),
        ("de", 'msgid "By %(name)s"\nmsgstr "Von %(nom)s"', "placeholders"),
        ("de", 'msgid "<b>Go</b>"\nmsgstr "<i>Los</i>"', "markup"),
        ("fr", 'msgid "Go"\nmsgstr "Allez "', "blanks"),
        (
            "uk",
            'msgid "One"\nmsgid_plural "%(n)d"\nmsgstr[0] "Один"\nmsgstr[1] "%(n)d"\nmsgstr[2] "%(n)d"',
            "placeholders",
        ),
        ("ar", 'msgid "One"\nmsgid_plural "%(n)d"\nmsgstr[0] "%(n)d"\nmsgstr[1] "%(n)d"', "not translated"),
    ],
)
def test_a_translation_that_is_not_whole_is_found(language: str, entry: str, wrong: str) -> None:
    catalogue: Catalog = read_po(io.StringIO(entry), locale=language)
    [message] = [each for each in catalogue if each.id]
    assert any(wrong in sentence for sentence in wrong_in(message, language)), wrong_in(message, language)


def test_each_plural_form_is_known_by_its_numbers() -> None:
    assert numbers_of("uk", 0)[:3] == [1, 21, 31]
    assert numbers_of("de", 0) == [1]
    assert numbers_of("fr", 0) == [0, 1]
    assert (numbers_of("ar", 1), numbers_of("ar", 2)) == ([1], [2])
