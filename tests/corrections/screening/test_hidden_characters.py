"""What cannot be seen is flagged or refused; what is spelling passes."""

import pytest

from corrections.screening.flags import Flag, describe_code_points
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from tests.support.flagged import flags


@pytest.mark.parametrize(
    ("exact", "replacement", "names"),
    [
        ("harbour", "har\u00adbour", ["U+00AD SOFT HYPHEN"]),
        ("harbour", "har\u200dbour", ["U+200D ZERO WIDTH JOINER"]),
        ("harbour", "har\u200cbour", ["U+200C ZERO WIDTH NON-JOINER"]),
        ("harbour wall", "harbour\u00a0wall", ["U+00A0 NO-BREAK SPACE"]),
        ("harbour", "\u200eharbour\u200f", ["U+200E LEFT-TO-RIGHT MARK", "U+200F RIGHT-TO-LEFT MARK"]),
        ("har\u00adbour", "har\u00ad\u00adbor", ["U+00AD SOFT HYPHEN"]),
        ("good", "good\ufe01", ["U+FE01 VARIATION SELECTOR-2"]),
        ("می‌خواهم", "می‌‌خواهم", ["U+200C ZERO WIDTH NON-JOINER"]),
        ("good", "go\u3164od", ["U+3164 HANGUL FILLER"]),
    ],
)
def test_new_invisible_characters_are_named(exact: str, replacement: str, names: list[str]) -> None:
    assert Flag.HIDDEN in flags(exact, replacement)
    assert describe_code_points(exact, replacement) == names


@pytest.mark.parametrize(
    ("exact", "replacement"),
    [
        ("میخواهم", "می‌خواهم"),
        ("क्ष", "क्‍ष"),
        ("smile", "👩‍🔬 ❤️ 👍🏽 🏳️‍🌈 🇫🇷 1️⃣ 🏴\U000e0067\U000e0062\U000e007f"),
        ("« Oui ! »", "«\u00a0Oui\u202f!\u00a0»"),
        ("10 000 €", "10\u202f000\u00a0€"),
        ("у Києві — столиці", "у\u00a0Києві\u00a0— столиці"),
        ("har\u00adbor", "har\u00adbour"),
        ("plain", "plainer"),
    ],
)
def test_spelling_and_typography_are_not_hidden(exact: str, replacement: str) -> None:
    assert Flag.HIDDEN not in flags(exact, replacement)
    assert describe_code_points(exact, replacement) == []


# As tag letters behind a black flag, "gbeng" and the end.
ENGLAND = "\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "code_points"),
    [
        ("a\u202eb", ["U+202E"]),
        ("a\u2066b\u2069", ["U+2066", "U+2069"]),
        ("a\x00\x1b", ["U+0000", "U+001B"]),
        ("a\U000e0041", ["U+E0041"]),
        ("a\u200bb", ["U+200B"]),
        ("a\ud800", ["U+D800"]),
        ("🏴\U000e0067\U000e0062\U000e007f", ["U+E0062", "U+E0067", "U+E007F"]),  # of no part of a country
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", ["U+E0062", "U+E0065", "U+E0067", "U+E006E"]),
        (f"🏴{ENGLAND}\U000e0041", ["U+E0041"]),  # a message behind a flag
    ],
)
def test_hidden_characters_are_refused_by_name(text: str, code_points: list[str]) -> None:
    with pytest.raises(HiddenCharacters) as hidden:
        refuse_hidden_characters(text)

    assert hidden.value.code_points == code_points


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "👩‍🔬 🇫🇷", f"🏴{ENGLAND}", f"🏴{ENGLAND}🏴{ENGLAND}", "Россия", "شكرا", "a\nb\tc", "привіт"],
)
def test_spelling_passes(text: str) -> None:
    refuse_hidden_characters(text)


def test_what_the_passage_held_before_may_stay() -> None:
    refuse_hidden_characters("a\u202bc", known="a\u202bb")
