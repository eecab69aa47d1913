"""What is risky about a suggestion is flagged; what cannot be seen is refused."""

import pytest

from corrections.screening.flags import WARNINGS, Flag
from tests.support.flagged import flags


@pytest.mark.parametrize(
    ("exact", "replacement", "expected"),
    [
        ("are", "is", []),
        ("14", "41", [Flag.NUMBER]),
        ("Stoltenburg", "Stoltenberg", [Flag.NAME]),
        ("is open", "is not open", [Flag.NEGATION]),
        ("“we came”", "“we went”", [Flag.QUOTATION]),
        ("at example.org/a", "at example.org/b", [Flag.LINK]),
        ("bad", "b" + "ad " * 80, [Flag.LARGE]),
        ("apple", "\u0430pple", [Flag.MIXED_SCRIPTS]),
        ("wrong", None, []),
    ],
)
def test_flags(exact: str, replacement: str | None, expected: list[Flag]) -> None:
    assert flags(exact, replacement) == expected


def test_every_flag_but_the_agreement_of_a_word_list_is_a_warning() -> None:
    assert frozenset(Flag) - WARNINGS == {Flag.SPELLING}


@pytest.mark.parametrize(
    ("category", "words", "is_large"),
    [
        ("typo", 20, False),
        ("typo", 40, True),
        ("name", 20, False),
        ("name", 40, True),
        ("link", 40, False),
        ("link", 120, True),
        ("fact", 100, False),
        ("fact", 180, True),
        ("clarity", 180, False),
        ("clarity", 300, True),
        ("other", 300, True),
    ],
)
def test_how_large_a_change_may_be_depends_on_what_the_reader_calls_it(
    category: str, words: int, is_large: bool
) -> None:
    assert (Flag.LARGE in flags("bad", "bad " + "abcd " * words, category=category)) is is_large


def test_a_rewritten_passage_of_the_same_length_is_large() -> None:
    assert Flag.LARGE in flags("old words " * 12, "new terms " * 12)


@pytest.mark.parametrize(
    "text",
    [
        *("recieve " * 250, "a1" * 1000, "!" * 2000, "0" * 2000, "a." * 1000, "a-" * 1000, "x" * 2000, "+1 " * 666),
        *("\u00a0" * 2000, "«" * 2000, "www." * 500, "ж\u0061" * 1000, "ا\u200c" * 1000, "click " * 333, "a@b." * 500),
        "🏴" + "\U000e0067" * 1999,
        "🏴" * 1000 + "\U000e0067" * 1000,
    ],
)
def test_a_long_text_of_any_kind_is_flagged(text: str) -> None:
    assert Flag.LARGE in flags("x" + text[:999], text, note=text)
