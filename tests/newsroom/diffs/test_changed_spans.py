"""Where a change touches the old text."""

import pytest

from newsroom.diffs.changed_spans import changed_spans, touches
from newsroom.text.canonical import Wording, canonical_text

OLD = Wording(
    headline="Bridges close",
    standfirst="",
    byline="By Ida",
    body='<p>It counts 14 <a href="https://one.example/">bridges</a>.</p><blockquote><p>None is safe.</p></blockquote>',
)


def changed(**fields: str) -> dict[str, list[str]]:
    """The old words that differ, by field."""
    new = Wording(**{**OLD.as_dict(), **fields})
    spans = changed_spans(OLD, new)
    return {
        name: [(canonical_text(OLD.body) if name == "body" else getattr(OLD, name))[start:end] for start, end in found]
        for name, found in spans.items()
    }


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, {}),
        ({"headline": "Roads close"}, {"headline": ["Bridges"]}),
        ({"byline": "By Ida Wrenfold", "standfirst": "New"}, {"byline": [""], "standfirst": [""]}),
        ({"body": OLD.body.replace("14", "15")}, {"body": ["14"]}),
        ({"body": OLD.body.replace("14 ", "")}, {"body": ["14 "]}),
        ({"body": OLD.body.replace("one.example", "two.example")}, {"body": ["bridges"]}),
        ({"body": OLD.body.replace("blockquote", "div")}, {"body": ["None is safe."]}),
        ({"body": OLD.body.replace("14", "15").replace("one.", "two.")}, {"body": ["14", "bridges"]}),
        ({"body": OLD.body.replace("counts", "<em>counts</em>")}, {}),
    ],
)
def test_the_words_that_differ_are_told_by_field(fields: dict[str, str], words: dict[str, list[str]]) -> None:
    assert changed(**fields) == words


@pytest.mark.parametrize(
    ("change", "are"),
    [
        ((4, 6), False),
        ((6, 7), True),
        ((0, 40), True),
        ((9, 12), True),
        ((10, 12), False),
        ((5, 5), False),
        ((6, 6), True),
        ((8, 8), True),
        ((10, 10), True),
        ((11, 11), False),
    ],
)
def test_a_change_touches_what_it_overlaps_and_an_insertion_what_it_adjoins(change: tuple[int, int], are: bool) -> None:
    assert touches(change, (6, 10)) is are


def test_a_place_where_words_are_missing_is_touched_by_whatever_reaches_it() -> None:
    assert [touches(change, (6, 6)) for change in ((4, 5), (4, 6), (6, 6), (5, 8), (6, 8), (7, 8))] == [
        *(False, True, True),
        *(True, True, False),
    ]
