"""The canonical text of a body."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.text.canonical import (
    BlockSpan,
    block_spans,
    canonical_text,
    with_block_ids,
)
from newsroom.text.sanitizer import sanitise
from tests.support.random_html import random_body, random_words

chances = st.randoms(use_true_random=False)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p>\n<p>two</p>", "One\n\ntwo"),
        ("<p> one \n two\t</p>", "one two"),
        ("<p>one <b> two</b> <i> </i>three</p>", "one two three"),
        ("<p>one <br> two<br></p>", "one\ntwo\n"),
        ("<p>a&nbsp;b \u2003 c\ufeff</p>", "a\xa0b \u2003 c\ufeff"),
        ("<p>&lt;b&gt; &amp;amp; &#128169;&copy;</p>", "<b> &amp; 💩©"),
        ("<pre>\n a\n\tb  </pre>", " a\n\tb  "),
        ("<pre>\r\na\r\nb</pre>", "a\nb"),
        ("<pre><code>\na</code></pre>", "\na"),
        ("<ul><li>one<ul><li>two</li></ul>three</li></ul>", "one\n\ntwo\n\nthree"),
        ("<table><tr><th>a</th><td></td><td>b</td></tr></table>", "a\n\nb"),
        ('<figure><img src="/a.png"><figcaption>c</figcaption></figure>', "c"),
        ("<dl><dt>a</dt><dd>b</dd></dl><hr><details><summary>c</summary>d</details>", "a\n\nb\n\nc\n\nd"),
        ("loose<p></p><p> </p>text", "loose\n\ntext"),
        ("a<script>b</script><style>c</style><!-- d -->e", "ae"),
        ("cafe\u0301 a\u00adb \u200f\u200d", "cafe\u0301 a\u00adb \u200f\u200d"),
        ("", ""),
    ],
)
def test_canonical_text(html: str, text: str) -> None:
    assert canonical_text(html) == text


@settings(max_examples=200, deadline=None)
@given(chances)
def test_canonical_text_is_its_own_canonical_text(chance: Random) -> None:
    text = canonical_text("".join(f"<p>{random_words(chance)}</p>" for _ in range(3)))
    assert canonical_text("<p>" + text.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>") == text


def test_block_spans_lead_to_the_source() -> None:
    html = "<p> One &amp; </p><ul><li><b>two</b></li></ul>"
    assert block_spans(html) == [BlockSpan(0, 5, 4), BlockSpan(7, 10, html.index("two"))]


def test_ids_stand_on_the_elements_that_hold_the_text() -> None:
    html = "<p>One</p><ul><li>two<p>three</p>four</li></ul><blockquote><p lang='fr'>six</p></blockquote>loose"
    assert with_block_ids(html, "spot-") == (
        '<p id="spot-0-3">One</p><ul><li id="spot-5-8">two<p id="spot-10-15">three</p>four</li></ul>'
        "<blockquote><p id=\"spot-23-26\" lang='fr'>six</p></blockquote>loose"
    )


@settings(max_examples=200, deadline=None)
@given(chances)
def test_ids_leave_the_text_as_it_is(chance: Random) -> None:
    html = sanitise(random_body(chance))
    with_ids = with_block_ids(html, "spot-")
    assert canonical_text(with_ids) == canonical_text(html)
    ids = re.findall(r' id="spot-\d+-\d+"', with_ids)
    assert len(set(ids)) == len(ids)
    assert re.sub(r' id="spot-\d+-\d+"', "", with_ids) == html
