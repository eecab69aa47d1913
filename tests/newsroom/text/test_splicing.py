"""Words put in the place of others, in a body's HTML."""

import re
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.text import splicing
from newsroom.text.canonical import (
    NotCanonical,
    block_spans,
    canonical_text,
    deletion_span,
    splice,
)
from newsroom.text.html_layout import Layout
from newsroom.text.html_reader import read
from newsroom.text.sanitizer import sanitise
from newsroom.text.splicing import Hunk, _splice_piece
from tests.support.random_html import random_body, random_words

chances = st.randoms(use_true_random=False)
# White space that would not be displayed, or an empty block.
NOT_DISPLAYED = re.compile(r"\A[ \n]|[ \n]\Z| [ \n]|\n |\n\n\n|[\t\r\f]")
EMPTIED = re.compile(r"<(em|strong|a|b|sub|code|cite|abbr)\b[^>]*></\1>")


@settings(max_examples=600, deadline=None)
@given(chances)
def test_splice_gives_the_text_wished_for(chance: Random) -> None:
    html = sanitise(random_body(chance))
    text = canonical_text(html)
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.choice([0, 1, 3, 12, 60]))
    words = random_words(chance)
    wanted = text[:start] + words + text[end:]
    try:
        spliced = splice(html, start, end, words)
    except NotCanonical:
        assert NOT_DISPLAYED.search(wanted)
        return
    assert canonical_text(spliced) == wanted
    assert not EMPTIED.search(spliced) or EMPTIED.search(html)


@settings(max_examples=300, deadline=None)
@given(chances)
def test_splice_keeps_every_byte_of_the_other_blocks(chance: Random) -> None:
    html = sanitise("<p>first</p>" + random_body(chance) + "<p>mid</p>" + random_body(chance) + "<h2>last</h2>")
    blocks = block_spans(html)
    chosen = chance.randrange(1, len(blocks) - 1)
    block, following = blocks[chosen], blocks[chosen + 1]
    start, end = sorted((chance.randint(block.start, block.end), chance.randint(block.start, block.end)))
    spliced = splice(html, start, end, "new")
    before = blocks[chosen - 1]
    assert spliced[: before.source_start] == html[: before.source_start]
    assert spliced.endswith(html[following.source_start :])


@settings(max_examples=300)
@given(chances)
def test_splice_in_a_few_blocks_gives_what_splice_in_the_whole_body_gives(chance: Random) -> None:
    html = sanitise("".join(random_body(chance) + f"<p>between {number}</p>" for number in range(3)))
    length = len(canonical_text(html))
    start = chance.randint(0, length)
    hunk = Hunk(start, min(length, start + chance.choice([0, 1, 3, 12, 60])), random_words(chance))
    try:
        spliced = splice(html, hunk.start, hunk.end, hunk.text)
    except NotCanonical:
        with pytest.raises(NotCanonical):
            _splice_piece(read(html), hunk)
        return
    assert spliced == _splice_piece(read(html), hunk)


@pytest.fixture
def lengths_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters splice reads, each time that it does."""
    lengths: list[int] = []

    def counted(html: str) -> Layout:
        lengths.append(len(html))
        return read(html)

    monkeypatch.setattr(splicing, "read", counted)
    return lengths


def test_splice_reads_a_long_body_once_and_then_a_few_blocks(lengths_read: list[int]) -> None:
    html = "".join(f"<p>The <b>word{number}</b> of it.</p>" for number in range(10_000))
    start = canonical_text(html).index("word5000")

    assert splice(html, start, start + 8, "new words") == html.replace("word5000", "new words")
    assert lengths_read[0] == len(html)
    assert sum(lengths_read[1:]) < 1000


@pytest.mark.parametrize(("words", "most"), [("new", 3), ("  what cannot stand there  ", 6)])
def test_splice_reads_one_long_block_a_few_times(words: str, most: int, lengths_read: list[int]) -> None:
    html = "<p>" + "".join(f"<b>word{number}</b> " for number in range(10_000)) + "</p>"
    with suppress(NotCanonical):
        splice(html, 0, len(canonical_text(html)) // 2, words)

    assert len(lengths_read) <= most


def test_splice_joins_thousands_of_blocks() -> None:
    html = "".join(f"<pre>a{number}</pre>" for number in range(10_000))

    assert canonical_text(splice(html, 1, len(canonical_text(html)), "\na")) == "a\na"


LINKED = '<p>The <a href="/m">old minister</a> said <em>no</em> &amp; left.</p>\n<p>He <b>paid</b>.</p>'


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("old minister", "new one", LINKED.replace("old minister", "new one")),
        ("The old minister", "An old ministers", LINKED.replace("The ", "An ").replace("minister", "ministers")),
        ("minister", "ministers", LINKED.replace("minister", "ministers")),
        ("said no", "says", LINKED.replace("said <em>no</em>", "says")),
        ("no & left", "yes", LINKED.replace("no</em> &amp; left", "yes</em>")),
        ("no", "<b>yes</b> & more", LINKED.replace("<em>no", "<em>&lt;b&gt;yes&lt;/b&gt; &amp; more")),
        (" left.\n\nHe paid", " left; he paid", LINKED.replace(" left.</p>\n<p>He", " left; he") + "\n"),
        ("minister said", "minister.\n\nShe said", LINKED.replace("</a> said", "</a>.</p><p>She said")),
        ("He paid.", "He\npaid.", LINKED.replace("He <b>", "He<br><b>")),
        ("\n\nHe paid.", "", LINKED.replace("\n<p>He <b>paid</b>.</p>", "\n")),
        ("The old minister said no & left.\n\n", "", "\n<p>He <b>paid</b>.</p>"),
    ],
)  # fmt: skip
def test_splice_chooses_the_element_that_an_editor_would(old: str, new: str, html: str) -> None:
    start = canonical_text(LINKED).index(old)
    assert splice(LINKED, start, start + len(old), new) == html


@pytest.mark.parametrize(
    ("html", "start", "end", "words", "expected"),
    [
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul><p>c</p>", 1, 4, "", "<ul>\n<li>a</li>\n\n</ul><p>c</p>"),
        ("<ul><li>a</li><li>b</li></ul>", 1, 1, "\n\nnew", "<ul><li>a</li><li>new</li><li>b</li></ul>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", 0, 3, "", "<table><tr><td></td><td>b</td></tr></table>"),
        ("<p>a</p><figure><img><figcaption>b</figcaption></figure>", 1, 4, "", "<p>a</p><figure><img></figure>"),
        ("<pre>a\nb</pre>", 0, 1, "", "<pre>\n\nb</pre>"),
        ("<pre>a</pre>", 1, 1, "\n  b", "<pre>a\n  b</pre>"),
        ("<pre>a\nb</pre><p>c</p>", 3, 5, " ", "<pre>a\nb c</pre>"),
        ("<p>a</p><pre>b\nc</pre>", 1, 3, " ", "<p>a b<br>c</p>"),
        ("<li>a<p>b</p>c</li>", 3, 6, "", "<li>a<p></p>c</li>"),
        ("<p>recieve <i>it</i></p>", 3, 5, "ei", "<p>receive <i>it</i></p>"),
        ("<p>👩‍👩‍👧 x</p>", 6, 7, "y", "<p>👩‍👩‍👧 y</p>"),
        ("<p>a&nbsp;b</p>", 1, 2, "\xa0\xa0", "<p>a&nbsp;&nbsp;b</p>"),
        ("", 0, 0, "new", "<p>new</p>"),
        ("<p>all</p>", 0, 3, "", ""),
    ],
)  # fmt: skip
def test_splice_in_each_kind_of_block(html: str, start: int, end: int, words: str, expected: str) -> None:
    assert splice(html, start, end, words) == expected


@pytest.mark.parametrize(
    ("html", "start", "end", "words"),
    [
        ("<p>a b c</p>", 2, 3, ""),
        ("<p>a b</p>", 1, 1, " "),
        ("<p>a b</p>", 3, 3, " "),
        ("<p>a</p><p>b</p><p>c</p>", 3, 4, ""),
        ("<p>a</p>", 0, 1, "a\tb"),
        ("<p>a</p>", 0, 1, "a\x00"),
        ("<p>a</p>", 0, 2, "b"),
        ("<p>a</p>", -1, 1, "b"),
        ("<p>abc</p>", 2, 1, "b"),
    ],
)
def test_splice_refuses_what_no_body_can_show(html: str, start: int, end: int, words: str) -> None:
    with pytest.raises(NotCanonical):
        splice(html, start, end, words)


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("one two three", "two", "one three"),
        ("one two, three", " two", "one, three"),
        ("one two. three", "two", "one. three"),
        ("one two", "two", "one"),
        ("one two", "one", "two"),
        ("one\n\ntwo\n\nsix", "two", "one\n\nsix"),
        ("one\n\ntwo", "one", "two"),
        ("one\ntwo\nsix", "two", "one\nsix"),
        ("one two\nsix", "two", "one\nsix"),
        ("one", "one", ""),
        ("undone", "un", "done"),
    ],
)
def test_a_deletion_takes_its_space_along(text: str, word: str, left: str) -> None:
    found = text.index(word)
    start, end = deletion_span(text, found, found + len(word))
    assert text[:start] + text[end:] == left
