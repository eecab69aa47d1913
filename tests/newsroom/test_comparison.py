"""A diff laid out for reading."""

import pytest

from newsroom.comparison import CONTEXT, MOST_PARAGRAPHS, Paragraph, addresses, compare, compare_text
from newsroom.models import RevisionText


def words(body: str, **parts: str) -> RevisionText:
    """A revision's text of which `body` is the canonical text and the HTML."""
    return RevisionText(**{"headline": "Bridges", "text": body, "body": body, **parts})


def shown(paragraphs: tuple[Paragraph, ...] | list[Paragraph]) -> list[str]:
    """[-gone-], {+added+} and what stayed."""
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return ["".join(signs[piece.op].format(piece.text) for piece in paragraph.pieces) for paragraph in paragraphs]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A one.\n\nB two.", "A one.\n\nB three.", ["A one.", "B [-two-]{+three+}."]),
        ("A one.\n\nC two.", "A one.\n\nB new.\n\nC two.", ["A one.", "{+B new.+}", "C two."]),
        ("A one.\n\nB old.\n\nC two.", "A one.\n\nC two.", ["A one.", "[-B old.-]", "C two."]),
        ("A one.", "A one.\n\nB new.", ["A one.", "{+B new.+}"]),
        ("A one.\n\nB old.", "A one.", ["A one.", "[-B old.-]"]),
        ("A.", "A.", ["A."]),
    ],
)
def test_changes_stand_in_their_paragraphs(old: str, new: str, expected: list[str]) -> None:
    body = compare_text(words(old), words(new)).fields[-1]
    assert shown(body.paragraphs) == expected


def test_a_paragraph_that_was_split_shows_where() -> None:
    body = compare_text(words("One two three."), words("One two\n\nthree.")).fields[-1]
    assert "¶" in "".join(shown(body.paragraphs))


def test_unchanged_paragraphs_are_folded_when_there_are_many() -> None:
    old = "\n\n".join(f"Paragraph {letter}." for letter in "abcdef")
    body = compare_text(words(old), words(old.replace("f.", "g."))).fields[-1]
    assert [(len(run.paragraphs), run.folded) for run in body.runs()] == [(5, True), (1, False)]


def test_fields_that_both_lack_are_left_out() -> None:
    compared = compare_text(words("A.", standfirst="S."), words("A."))
    assert [field.name for field in compared.fields] == ["headline", "standfirst", "body"]
    assert [field.name for field in compared.changed_fields] == ["standfirst"]


def test_an_excerpt_shows_the_change_and_a_few_words_beside_it() -> None:
    before, after = "before " * 100, " after" * 100
    body = compare_text(words(f"{before}old{after}"), words(f"{before}new{after}")).fields[-1]
    [excerpt] = shown(body.excerpt())
    assert "[-old-]{+new+}" in excerpt
    assert excerpt.startswith("… before")
    assert excerpt.endswith("after …")
    assert len(excerpt) < 3 * CONTEXT


def test_an_excerpt_counts_what_it_leaves_out() -> None:
    count = MOST_PARAGRAPHS + 2
    old = "\n\n".join(f"Number {n} is old." for n in range(count))
    body = compare_text(words(old), words(old.replace("old", "new"))).fields[-1]
    assert len(body.excerpt()) == MOST_PARAGRAPHS
    assert body.left_out() == 2


def test_addresses_that_came_and_went_are_named() -> None:
    old = '<p><a href="/a">x</a> <a href="/b?x=1&amp;y=2">y</a></p>'
    compared = compare(words(old), words(old.replace("/b?x=1&amp;y=2", "/c")))
    assert compared.gone == ("/b?x=1&y=2",)
    assert compared.added == ("/c",)


def test_addresses_are_those_of_links_and_pictures() -> None:
    assert addresses('<p><a href="/a">x</a><img src="/b" alt="/c"></p>') == ["/a", "/b"]
