"""Deletions and insertions in a body's HTML, applied at once."""

import pytest

from newsroom.text.html_edits import HtmlEdits
from newsroom.text.html_reader import read

HTML = "<p>One <b>two</b> three</p><ul><li>four</li></ul>"
TEXT = "One two three\n\nfour"


def edited(cut: str, put: str = "", *, prune: bool = True) -> str:
    edits, start = HtmlEdits(read(HTML)), TEXT.index(cut)
    edits.cut_text(start, start + len(cut))
    if put:
        edits.insert(HTML.index("two"), put)
    if prune:
        edits.prune(blocks=True)
    return edits.render()


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ("One", "<p> <b>two</b> three</p><ul><li>four</li></ul>"),
        ("two", "<p>One  three</p><ul><li>four</li></ul>"),
        ("wo th", "<p>One <b>t</b>ree</p><ul><li>four</li></ul>"),
        ("four", "<p>One <b>two</b> three</p>"),
    ],
)
def test_words_go_and_so_does_an_element_that_lost_all_of_them(cut: str, left: str) -> None:
    assert edited(cut) == left


def test_an_emptied_element_stays_until_it_is_pruned_or_where_new_words_stand_in_it() -> None:
    assert edited("two", prune=False) == HTML.replace("two", "")
    assert edited("two", "new") == HTML.replace("two", "new")


@pytest.mark.parametrize(
    ("text", "at", "pre", "splitting", "markup"),
    [
        ("a < b & c\xa0d", "two", False, False, "a &lt; b &amp; c&nbsp;d"),
        ("a\nb", "two", False, False, "a<br>b"),
        ("a\nb", "two", True, False, "a\nb"),
        ("a\n\nb", "three", False, True, "a</p><p>b"),
        ("a\n\nb", "two", False, True, "a</b></p><p><b>b"),
        ("a\n\nb", "four", False, True, "a</li><li>b"),
    ],
)
def test_plain_text_becomes_html_that_fits_its_place(
    text: str, at: str, pre: bool, splitting: bool, markup: str
) -> None:
    assert HtmlEdits(read(HTML)).markup(text, at=HTML.index(at), pre=pre, splitting=splitting) == markup
