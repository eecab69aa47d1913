"""How words are set, and how that changed."""

import pytest

from newsroom.diffs.formatting import Mark, Restyled, is_set_alike, styled_diff
from newsroom.diffs.words import Piece

LINK = '<p>See <a href="/a">here</a>.</p>'


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        ("<p>one</p>", "<p>two</p>", True),
        (LINK, LINK.replace("here", "there"), True),
        (LINK, LINK.replace("/a", "/b"), False),
        ("<p>one</p>", "<p><b>one</b></p>", False),
    ],
)
def test_bodies_are_set_alike_where_their_tags_are_the_same(old: str, new: str, alike: bool) -> None:
    assert is_set_alike(old, new) is alike


@pytest.mark.parametrize(
    ("html", "mark"),
    [
        ("<em>it</em>", Mark("emphasis")),
        ("<strong>it</strong>", Mark("bold")),
        ("<sub>it</sub>", Mark("sub")),
        ('<a href="/a?b=1&amp;c=2">it</a>', Mark("link", "/a?b=1&c=2")),
    ],
)
def test_words_that_are_set_otherwise_say_how(html: str, mark: Mark) -> None:
    set_, plain = f"<p>See {html}.</p>", "<p>See it.</p>"

    assert styled_diff(plain, set_) == [
        Piece("equal", "See "),
        Restyled("equal", "it", come=(mark,)),
        Piece("equal", "."),
    ]
    assert styled_diff(set_, plain)[1] == Restyled("equal", "it", gone=(mark,))


def test_a_changed_address_is_told_on_both_sides() -> None:
    [_see, link, _end] = styled_diff(LINK, LINK.replace("/a", "/b"))

    assert link == Restyled("equal", "here", gone=(Mark("link", "/a"),), come=(Mark("link", "/b"),))


def test_a_picture_is_a_paragraph_of_its_own() -> None:
    old, new = "<p>One</p>", '<p>One</p><figure><img src="/p.png" alt="A bridge"></figure>'

    assert styled_diff(old, new) == [Piece("equal", "One"), Piece("insert", "\n\n▦ A bridge")]
