"""A note names colleagues by @username; others, and addresses, are words like any."""

import pytest

from corrections.notes.mentions import NotePiece, mentioned_in, named_in, pieces_of
from newsroom.models import Editor
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ada, look", ["ada"]),
        ("Ask @ada.", ["ada.", "ada"]),
        ("(@ada) and @j.doe!", ["ada", "j.doe"]),
        ("ada@example.org", []),
        ("@@ada @", []),
        ("@ада", ["ада"]),
    ],
)
def test_names_are_read_out_of_a_note(text: str, names: list[str]) -> None:
    assert named_in(text) == names


def test_active_colleagues_are_found_and_nobody_else() -> None:
    ada, gone = make_editor(username="ada"), make_editor(username="gone")
    Editor.objects.filter(pk=gone.pk).update(is_active=False)
    Editor.objects.create_user("stranger")  # of no group: may see no case
    assert mentioned_in("@ada. @gone @stranger @nobody") == [ada]


def test_a_dot_that_belongs_to_a_name_is_part_of_it() -> None:
    doe = make_editor(username="j.doe")
    make_editor(username="j")
    assert mentioned_in("Thanks, @j.doe.") == [doe]


def test_the_words_of_a_note_are_kept_whatever_they_are() -> None:
    text = "Hi @ada. <b>@nobody</b> @ada"
    pieces = pieces_of(text, ["ada"])
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_mention] == ["@ada", "@ada"]
    assert pieces[0] == NotePiece("Hi ")
