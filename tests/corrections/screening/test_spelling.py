"""A word list confirms that a change only puts misspelt words right."""

from importlib.metadata import distribution

import pytest

from corrections.screening.flags import Flag, find_flags
from corrections.screening.spelling import LANGUAGES
from tests.support.flagged import flags


@pytest.mark.parametrize(
    ("language", "exact", "replacement"),
    [
        ("en", "recieve", "receive"),
        ("en-GB", "seperate", "separate"),
        ("en", "the goverment, beleive it", "the government, believe it"),
        ("en", "accomodate", "accommodate"),
        ("uk", "відвідувачив", "відвідувачів"),
        ("uk", "приміщеня", "приміщення"),
        ("uk", "зявилася", "з’явилася"),
        ("fr", "l’acceuil", "l’accueil"),
        ("fr", "aparaître", "apparaître"),
        ("es", "ayuntamieno", "ayuntamiento"),
        ("de", "vorraussichtlich", "voraussichtlich"),
        ("ar", "المدررسة", "المدرسة"),
        ("ar", "المدرّرسة", "المدرسة"),
    ],
)
def test_a_word_list_confirms(language: str, exact: str, replacement: str) -> None:
    assert flags(exact, replacement, language=language) == [Flag.SPELLING]


@pytest.mark.parametrize(
    ("language", "exact", "replacement"),
    [
        ("en", "receive", "recieve"),
        ("en", "causal", "casual"),  # both are good
        ("en", "tern", "turn"),  # a rare word is no misspelling
        ("en", "eider", "either"),
        ("en", "untied", "united"),
        ("en", "ferried", "married"),
        ("en", "internals", "internal"),  # another ending
        ("en", "qzxvkly", "plants"),  # another word
        ("en", "recieve", "recieve it"),
        ("en", "recieve,", "receive"),  # more than words changed
        ("en", "goverment recieve seperate beleive", "government receive separate believe"),
        ("en", "Jonhson", "Johnson"),
        ("en", "10th", "1oth"),
        ("uk", "приміщеннями", "приміщення"),
        ("uk", "скакати", "сказати"),
        ("fr", "parlera", "parler"),
        ("es", "gestaba", "gustaba"),
        ("de", "aufhörten", "aufhören"),
        ("ar", "ثلاث", "ثلاثة"),
        ("eo", "recieve", "receive"),  # no list
        ("ja", "recieve", "receive"),
        ("", "recieve", "receive"),
    ],
)
def test_a_word_list_is_silent(language: str, exact: str, replacement: str) -> None:
    assert Flag.SPELLING not in flags(exact, replacement, language=language)


def test_a_name_is_not_for_a_word_list() -> None:
    assert Flag.SPELLING not in flags("recieve", "receive", category="name")


def test_a_part_of_a_word_is_read_with_the_rest() -> None:
    found = find_flags("ie", "ei", prefix="they rec", suffix="ve it", category="typo", language="en")

    assert found == [Flag.SPELLING]


def test_every_language_has_its_list() -> None:
    package = distribution("wordfreq")

    for language in LANGUAGES:
        with open(str(package.locate_file(f"wordfreq/data/large_{language}.msgpack.gz")), "rb") as file:
            assert file.read(2) == b"\x1f\x8b"
