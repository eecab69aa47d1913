"""Passages of a body are marked where they stand, and the canonical text stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.diffs.highlights import Passage, changed_passages, map_passages, mark_passages
from newsroom.text.canonical import canonical_text

WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It is 14.", "It is 15.", [("15", "14")]),
        ("It is very 14.", "It is 14.", [("", "very ")]),
        ("It is 14.", "It is 14. Yes.", [(" Yes.", "")]),
        ("It is 14. Yes.", "It is 14.", [("", " Yes.")]),
        ("Same.", "Same.", []),
    ],
)
def test_what_a_change_left_behind_is_found(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(new[passage.start : passage.end], passage.was) for passage in changed_passages(old, new)] == expected


def test_a_passage_is_carried_to_a_later_text_as_far_as_it_stands() -> None:
    passages = [Passage(6, 8)]
    assert map_passages(passages, "It is 15 now.", "Well: it is 15 now.") == [Passage(12, 14)]
    assert map_passages(passages, "It is 15 now.", "It is many now.") == []


@pytest.mark.parametrize(
    ("html", "passage", "expected"),
    [
        ("<p>It is 15.</p>", (6, 8), '<p>It is <mark id="changed" class="changed">15</mark>.</p>'),
        (
            "<p>It <b>is</b> 15.</p>",
            (3, 8),
            '<p>It <b><mark id="changed" class="changed">is</mark></b><mark class="changed"> 15</mark>.</p>',
        ),
        ("<p>A &amp; B</p>", (2, 3), '<p>A <mark id="changed" class="changed">&amp;</mark> B</p>'),
        (
            "<p>It <b>is</b> 15.</p>",
            (3, 8, 'was "14" & <so>'),
            '<p>It <b><mark id="changed" class="changed" data-was="was &quot;14&quot; &amp; &lt;so&gt;">is</mark></b>'
            '<mark class="changed"> 15</mark>.</p>',
        ),
        (
            "<p>AB</p>",
            (1, 1, "x" * 301),
            f'<p>A<mark id="changed" class="cut" role="img" aria-label="cut" data-was="{"x" * 300}…"></mark>B</p>',
        ),
        ("<p>AB</p>", (1, 1), '<p>A<mark id="changed" class="cut" role="img" aria-label="cut"></mark>B</p>'),
    ],
)
def test_passages_are_marked(html: str, passage: tuple[int, int] | tuple[int, int, str], expected: str) -> None:
    assert mark_passages(html, [Passage(*passage)], cut_label="cut") == expected


@given(WORDS, WORDS)
def test_marks_change_no_character(old: str, new: str) -> None:
    body = f"<p>{new.replace('three', '<em>three</em> &amp;').replace('four ', 'four<br>')}</p><p>End.</p>"
    text = canonical_text(body)
    marked = mark_passages(body, changed_passages(f"{old}\n\nEnd.", text), cut_label="cut")
    assert canonical_text(marked) == text
