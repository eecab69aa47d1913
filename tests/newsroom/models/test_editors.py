"""Who works at the desk, and under which name."""

import pytest

from newsroom.models import Editor


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"public_name": "I. Kovalenko", "first_name": "Iryna", "last_name": "Kovalenko"}, "I. Kovalenko"),
        ({"first_name": "Iryna", "last_name": "Kovalenko"}, "Iryna Kovalenko"),
        ({}, "iryna"),
    ],
)
def test_an_editor_is_called_by_the_most_public_of_their_names(names: dict[str, str], shown: str) -> None:
    assert str(Editor(username="iryna", **names)) == shown


def test_a_new_editor_decides_by_letters_and_gets_no_digest() -> None:
    editor = Editor(username="iryna")

    assert (editor.letter_keys, editor.digest, editor.language) == (True, False, "")
