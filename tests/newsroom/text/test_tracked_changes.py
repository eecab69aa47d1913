"""A change tracked in the published HTML: marks around words, new words beside them, nothing else touched."""

import re

import pytest

from newsroom.text.canonical import canonical_text
from newsroom.text.tracked_changes import TrackedSpan, tracked_body, tracked_line

BODY = (
    "<h2>Bridges &amp; roads</h2><p>It counts <strong>14</strong> bridges, of which <a href='/x'>three</a> are "
    "closed.</p><table><tr><th>Year</th><td>1967</td></tr><tr><th>Cost</th><td>2\u202fm</td></tr></table>"
    "<ul><li>One</li><li>Two</li></ul><pre>a  b\nc</pre>"
)
TEXT = canonical_text(BODY)


def span_of(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def without_marks(html: str) -> str:
    return re.sub(r"<ins[^>]*>.*?</ins>|</?(?:mark|del)[^>]*>", "", html)


@pytest.mark.parametrize("words", ["14", "14 bridges", "& roads\n\nIt counts 14", "1967\n\nCost\n\n2", "a  b\nc", TEXT])
def test_a_passage_is_marked_and_every_other_byte_stays(words: str) -> None:
    html = tracked_body(BODY, [TrackedSpan("passage", *span_of(words))], mark_id="here")

    assert without_marks(html) == BODY
    assert canonical_text(html) == TEXT
    marked = "".join(canonical_text(part) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL))
    assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", words)
    assert html.count('id="here"') == 1


def test_deleted_and_new_words_stand_side_by_side_within_the_passage() -> None:
    start, end = span_of("14")
    spans = [
        TrackedSpan("passage", start, end),
        TrackedSpan("delete", start, end),
        TrackedSpan("insert", end, end, "15"),
    ]
    html = tracked_body(BODY, spans, mark_id="here")
    assert '<strong><mark id="here"><del>14</del><ins>15</ins></mark></strong>' in html
    assert without_marks(html) == BODY


@pytest.mark.parametrize("at", [0, TEXT.index("It"), TEXT.index("bridges"), TEXT.index("\n\nYear"), len(TEXT)])
def test_new_words_are_put_in_anywhere_and_escaped(at: int) -> None:
    html = tracked_body(BODY, [TrackedSpan("insert", at, at, "<b>x</b> & ")], mark_id="here")
    assert '<ins id="here">&lt;b&gt;x&lt;/b&gt; &amp; </ins>' in html
    assert without_marks(html) == BODY


def test_a_body_without_text_takes_new_words() -> None:
    assert tracked_body("", [TrackedSpan("insert", 0, 0, "New")], mark_id="m") == '<ins id="m">New</ins>'


def test_a_line_is_escaped() -> None:
    spans = [TrackedSpan("passage", 4, 7), TrackedSpan("delete", 4, 7), TrackedSpan("insert", 7, 7, "<i>")]
    assert tracked_line("Tea & no <b>", spans, mark_id="m") == (
        'Tea <mark id="m"><del>&amp; n</del><ins>&lt;i&gt;</ins></mark>o &lt;b&gt;'
    )
    assert tracked_line("Tea", [], mark_id="m") == "Tea"
