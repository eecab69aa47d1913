"""A body is read once: its elements, its blocks, and what of its white space is displayed."""

import pytest

from newsroom.text.html_reader import read


def test_elements_know_their_places_and_what_holds_them() -> None:
    html = '<p id="a">One <b>two</b></p><hr>'
    paragraph, bold, rule = read(html).elements

    assert [html[each.start : each.end] for each in (paragraph, bold, rule)] == [html[:-4], "<b>two</b>", "<hr>"]
    assert html[bold.inner : bold.stop] == "two"
    assert (paragraph.parent, bold.parent, rule.parent) == (None, paragraph, None)
    assert (paragraph.has_id, bold.has_id) == (True, False)
    assert (bold.is_void, rule.is_void) == (False, True)


def test_an_element_that_is_never_closed_ends_with_the_text() -> None:
    html = "<p>One <em>two"

    assert [(each.name, each.stop, each.end) for each in read(html).elements] == [("p", 14, 14), ("em", 14, 14)]


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        ("<p>a  b</p>", ["a", " ", "b"]),
        ("<p> a </p>", ["", "a", ""]),
        ("<p>a<br>b</p>", ["a", "\n", "b"]),
        ("<p>&lt;b&gt;</p>", ["<", "b", ">"]),
        ("<p>a</p><script>b</script><p>c</p>", ["a", "c"]),
    ],
)
def test_white_space_that_is_not_displayed_stays_as_an_empty_run(html: str, runs: list[str]) -> None:
    assert [run.text for run in read(html).runs if run.text or run.end > run.start] == runs


def test_places_are_found_behind_line_ends_of_every_kind() -> None:
    html = "<p>one</p>\n<p>two</p>\r\n<p>three</p>"

    assert [html[flow.start : flow.end] for flow in read(html).flows] == ["one", "two", "three"]


def test_each_word_knows_its_place_in_the_html() -> None:
    html = "<p>one  two &amp; six</p>"

    assert [html[run.start : run.end] for run in read(html).runs] == ["one", "  ", "two", " ", "&amp;", " ", "six"]
