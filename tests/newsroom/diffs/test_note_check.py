"""A correction's note names what went or came."""

import pytest

from newsroom.diffs.note_check import names_change
from newsroom.text.canonical import Wording

OLD = Wording(headline="Bridges", standfirst="", byline="", body="<p>The council counts 14 bridges.</p>")


def wording(body: str) -> Wording:
    return Wording(headline="Bridges", standfirst="", byline="", body=body)


@pytest.mark.parametrize(
    ("note", "body", "enough"),
    [
        ("An earlier version said 14.", "<p>The council counts 15 bridges.</p>", True),
        ("It is ١٥.", "<p>The council counts 15 bridges.</p>", True),
        ("An error was corrected.", "<p>The council counts 15 bridges.</p>", False),
        ("We left out two of them.", "<p>The council counts 14 bridges. Two will close.</p>", True),
        ("The COUNCILLORS did not count.", "<p>Nobody counts 14 bridges.</p>", True),
        ("This sentence was wrong.", "<p>Nobody counts 14 bridges.</p>", False),
        ("The link was wrong.", '<p>The <a href="/articles/x/">council</a> counts 14 bridges.</p>', True),
    ],
)
def test_a_note_names_what_was_changed(note: str, body: str, enough: bool) -> None:
    assert names_change(note, OLD, wording(body)) is enough
