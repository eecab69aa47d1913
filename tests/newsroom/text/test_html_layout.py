"""The source map from canonical text to HTML."""

import pytest

from newsroom.text.html_layout import BlockWindow, block_window, flow_at, run_at
from newsroom.text.html_reader import read

HTML = "<p>One &amp; <b>two</b></p><ul><li>three</li></ul><p>four</p><p>five</p>"
TEXT = "One & two\n\nthree\n\nfour\n\nfive"


@pytest.mark.parametrize("word", ["One", "two", "three", "four"])
def test_a_character_leads_to_its_place_in_the_source(word: str) -> None:
    layout, at = read(HTML), TEXT.index(word)

    assert layout.text == TEXT
    assert run_at(layout, at).source(at) == HTML.index(word)
    assert run_at(layout, at + len(word) - 1).source(at + len(word)) == HTML.index(word) + len(word)


def test_an_entity_is_one_unit_that_is_never_parted() -> None:
    sign = run_at(read(HTML), TEXT.index("&"))

    assert (sign.text, sign.is_unit, HTML[sign.start : sign.end]) == ("&", True, "&amp;")


def test_a_block_begins_at_its_first_character_and_ends_behind_its_last() -> None:
    layout = read(HTML)

    assert [TEXT[flow.at : flow.until] for flow in layout.flows] == ["One & two", "three", "four", "five"]
    assert flow_at(layout, TEXT.index("three")) is layout.flows[1]
    assert flow_at(layout, TEXT.index("three") - 1) is layout.flows[0]


@pytest.mark.parametrize(
    ("word", "held"),
    [
        ("four", "<ul><li>three</li></ul><p>four</p><p>five</p>"),
        ("five", "<p>four</p><p>five</p>"),
        ("One", "<p>One &amp; <b>two</b></p><ul><li>three</li></ul>"),
    ],
)
def test_the_blocks_around_a_passage_are_whole_with_one_on_either_side(word: str, held: str) -> None:
    start = TEXT.index(word)
    found = block_window(read(HTML), start, start + len(word))

    at = HTML.index(held)
    assert found == BlockWindow(at, at + len(held), TEXT.index(read(held).text))


def test_a_passage_through_everything_has_no_window() -> None:
    assert block_window(read(HTML), 0, len(TEXT)) is None
