"""How words are set, and how that changed."""

import pytest

from newsroom.diffs.formatting import Format, Reformatted, formatting_diff, has_same_tags
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
    assert has_same_tags(old, new) is alike


@pytest.mark.parametrize(
    ("html", "mark"),
    [
        ("<em>it</em>", Format("emphasis")),
        ("<strong>it</strong>", Format("bold")),
        ("<sub>it</sub>", Format("sub")),
        ('<a href="/a?b=1&amp;c=2">it</a>', Format("link", "/a?b=1&c=2")),
    ],
)
def test_words_that_are_set_otherwise_say_how(html: str, mark: Format) -> None:
    set_, plain = f"<p>See {html}.</p>", "<p>See it.</p>"

    assert formatting_diff(plain, set_) == [
        Piece("equal", "See "),
        Reformatted("equal", "it", added=(mark,)),
        Piece("equal", "."),
    ]
    assert formatting_diff(set_, plain)[1] == Reformatted("equal", "it", removed=(mark,))


def test_a_changed_address_is_told_on_both_sides() -> None:
    [_see, link, _end] = formatting_diff(LINK, LINK.replace("/a", "/b"))

    assert link == Reformatted("equal", "here", removed=(Format("link", "/a"),), added=(Format("link", "/b"),))


def test_a_picture_is_a_paragraph_of_its_own() -> None:
    old, new = "<p>One</p>", '<p>One</p><figure><img src="/p.png" alt="A bridge"></figure>'

    assert formatting_diff(old, new) == [Piece("equal", "One"), Piece("insert", "\n\n▦ A bridge")]
