"""A diff laid out for reading."""

import pytest

from newsroom.diffs.formatting import Reformatted
from newsroom.models import RevisionText
from newsroom.record.comparison import CONTEXT, MAX_PARAGRAPHS, Paragraph, addresses, compare
from newsroom.text.canonical import canonical_text


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
    body = compare(words(old), words(new)).fields[-1]
    assert shown(body.paragraphs) == expected


def test_a_paragraph_that_was_split_shows_where() -> None:
    body = compare(words("One two three."), words("One two\n\nthree.")).fields[-1]
    assert "¶" in "".join(shown(body.paragraphs))


def test_unchanged_paragraphs_are_folded_when_there_are_many() -> None:
    old = "\n\n".join(f"Paragraph {letter}." for letter in "abcdef")
    body = compare(words(old), words(old.replace("f.", "g."))).fields[-1]
    assert [(len(run.paragraphs), run.folded) for run in body.runs()] == [(5, True), (1, False)]


def test_fields_that_both_lack_are_left_out() -> None:
    compared = compare(words("A.", standfirst="S."), words("A."))
    assert [field.name for field in compared.fields] == ["headline", "standfirst", "body"]
    assert [field.name for field in compared.changed_fields] == ["standfirst"]


def test_an_excerpt_shows_the_change_and_a_few_words_beside_it() -> None:
    before, after = "before " * 100, " after" * 100
    body = compare(words(f"{before}old{after}"), words(f"{before}new{after}")).fields[-1]
    [excerpt] = shown(body.excerpt())
    assert "[-old-]{+new+}" in excerpt
    assert excerpt.startswith("… before")
    assert excerpt.endswith("after …")
    assert len(excerpt) < 3 * CONTEXT


def test_an_excerpt_counts_what_it_leaves_out() -> None:
    count = MAX_PARAGRAPHS + 2
    old = "\n\n".join(f"Number {n} is old." for n in range(count))
    body = compare(words(old), words(old.replace("old", "new"))).fields[-1]
    assert len(body.excerpt()) == MAX_PARAGRAPHS
    assert body.left_out() == 2


def test_addresses_that_came_and_went_are_named() -> None:
    old = '<p><a href="/a">x</a> <a href="/b?x=1&amp;y=2">y</a></p>'
    compared = compare(words(old), words(old.replace("/b?x=1&amp;y=2", "/c")))
    assert compared.gone == ("/b?x=1&y=2",)
    assert compared.added == ("/c",)


def test_addresses_are_those_of_links_and_pictures() -> None:
    assert addresses('<p><a href="/a">x</a><img src="/b" alt="/c"></p>') == ["/a", "/b"]


def restyled(old: str, new: str) -> list[tuple[str, list[str], list[str]]]:
    """Of the body: the words set otherwise, how they were set, and how they are."""
    text = [RevisionText(headline="Bridges", text=canonical_text(body), body=body) for body in (old, new)]
    pieces = [piece for paragraph in compare(*text).fields[-1].paragraphs for piece in paragraph.pieces]
    found = [piece for piece in pieces if isinstance(piece, Reformatted)]
    return [(piece.text, [each.kind for each in piece.removed], [each.kind for each in piece.added]) for piece in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>It is so.</p>", "<p>It <em>is</em> so.</p>", [("is", [], ["emphasis"])]),
        ("<p><b>It</b> is so.</p>", "<p>It <em>is</em> so.</p>", [("It", ["bold"], []), ("is", [], ["emphasis"])]),
        ('<p><a href="/a">It is</a> so.</p>', '<p><a href="/b">It is</a> so.</p>', [("It is", ["link"], ["link"])]),
        ("<p>It is so.</p><p>Yes.</p>", "<h2>It is so.</h2><p>Yes.</p>", [("It is so.", [], ["heading"])]),
        ("<p>One.</p>", "<ul><li>One.</li></ul>", [("One.", [], ["list"])]),
        ("<p>It <i>is</i> so.</p>", "<p>It <em>is</em> so.</p>", []),
    ],
)
def test_words_set_otherwise_are_changed(old: str, new: str, expected: list[tuple[str, list[str], list[str]]]) -> None:
    assert restyled(old, new) == expected


def test_a_picture_comes_and_goes_as_a_paragraph() -> None:
    old = "<p>Before.</p><p>After.</p>"
    new = '<p>Before.</p><figure><img src="/media/x.png" alt="A bridge"></figure><p>After.</p>'
    text = [RevisionText(headline="Bridges", text=canonical_text(body), body=body) for body in (old, new)]
    assert shown(compare(*text).fields[-1].paragraphs) == ["Before.", "{+▦ A bridge+}", "After."]
