"""Characters that no text may hold are refused by name."""

import pytest

from newsroom.text.canonical import (
    ControlCharacters,
    refuse_control_characters,
)


@pytest.mark.parametrize("text", ["\x00", "\x07", "\x1b[0m", "\x7f", "\x85", "\ud800", "\uffff"])
def test_control_characters_are_refused_by_name(text: str) -> None:
    with pytest.raises(ControlCharacters) as refusal:
        refuse_control_characters(f"a{text}b{text}")
    assert refusal.value.code_points == [f"U+{ord(text[0]):04X}"]


def test_line_ends_tabs_and_marks_of_direction_pass() -> None:
    refuse_control_characters("a\tb\r\nc\u200f\u00ad")
