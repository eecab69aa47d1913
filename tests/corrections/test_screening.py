"""What is risky about a suggestion is flagged; what cannot be seen is refused."""

import pytest

from corrections.screening import Flag, HiddenCharacters, flags_of, refuse_hidden_characters


@pytest.mark.parametrize(
    ("exact", "replacement", "flags"),
    [
        ("recieve", "receive", []),
        ("teh", "the", []),
        ("14", "41", [Flag.NUMBER]),
        ("Stoltenburg", "Stoltenberg", [Flag.NAME]),
        ("is open", "is not open", [Flag.NEGATION]),
        ("“we came”", "“we went”", [Flag.QUOTATION]),
        ("bad", "b" + "ad " * 80, [Flag.LARGE]),
        ("apple", "\u0430pple", [Flag.MIXED_SCRIPTS]),
        ("wrong", None, []),
    ],
)
def test_flags(exact: str, replacement: str | None, flags: list[Flag]) -> None:
    found = flags_of(exact, replacement, prefix="They said that ", suffix=" here.", category="typo", language="en")

    assert found == flags


def test_a_large_change_is_no_surprise_where_the_reader_says_so() -> None:
    found = flags_of("bad", "bad " * 80, prefix="", suffix="", category="clarity", language="en")

    assert found == []


@pytest.mark.parametrize(
    ("text", "code_points"),
    [
        ("a\u202eb", ["U+202E"]),
        ("a\u2066b\u2069", ["U+2066", "U+2069"]),
        ("a\x00\x1b", ["U+0000", "U+001B"]),
        ("a\U000e0041", ["U+E0041"]),
        ("a\u200bb", ["U+200B"]),
        ("a\ud800", ["U+D800"]),
    ],
)
def test_hidden_characters_are_refused_by_name(text: str, code_points: list[str]) -> None:
    with pytest.raises(HiddenCharacters) as hidden:
        refuse_hidden_characters(text)

    assert hidden.value.code_points == code_points


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🔬 🇫🇷", "🏴\U000e0067\U000e0062\U000e007f", "a\nb\tc", "привіт"])
def test_spelling_passes(text: str) -> None:
    refuse_hidden_characters(text)


def test_what_the_passage_held_before_may_stay() -> None:
    refuse_hidden_characters("a\u202bc", known="a\u202bb")
