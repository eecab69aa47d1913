"""What a text tells of withheld words."""

import pytest

from newsroom.diffs.withheld_text import WithheldText

GONE = WithheldText(
    words=("Ada Quill spoke on Tuesday.\n\nHe is not guilty.",), public=("A witness spoke. He is guilty.",)
)


@pytest.mark.parametrize(
    ("note", "known", "is_told"),
    [
        ("It was Ada who spoke.", "", True),
        ("An earlier version said “Tuesday”.", "", True),
        ("An earlier version said “not guilty”.", "", True),
        ("An earlier version said „spoke on Tuesday“.", "", True),
        ("It was ADA QUILL.", "", True),
        ("A witness spoke.", "", False),
        ("It said “guilty”.", "", False),
        ("It was Ada.", "Ada is a name in this article too.", False),
        ("", "", False),
    ],
)
def test_a_note_tells_words_that_stood_nowhere_else(note: str, known: str, is_told: bool) -> None:
    assert GONE.is_told_in(note, known=known) == is_told
