"""What is let through of the HTML that editors and imports send."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.text.canonical import canonical_text
from newsroom.text.sanitizer import (
    BLOCKS,
    INLINE,
    MAX_ATTRIBUTES,
    MAX_BRACKETS,
    MAX_REFERENCES,
    ControlCharacters,
    Limit,
    TooLong,
    plain_line,
    sanitise,
)
from tests.support.random_html import random_body

KEPT = (
    '<h2>Head</h2><p lang="fr" dir="ltr">a <a href="https://example.org/?a=1&amp;b=2" title="t" hreflang="de" '
    'rel="noopener">b</a> <em>c</em><br><abbr title="x">d</abbr> &lt;e&gt; f&nbsp;g</p><ol start="3"><li>h</li></ol>'
    '<blockquote cite="https://example.org/"><p>i</p></blockquote><figure><img src="/media/a.png" alt="b" width="3" '
    'height="4"><figcaption>c</figcaption></figure><table><caption>d</caption><thead><tr><th scope="col" colspan="2">e'
    "</th></tr></thead><tbody><tr><td>f</td><td>g</td></tr></tbody></table><dl><dt>h</dt><dd>i</dd></dl><hr>"
    "<pre>a\n  b</pre>"
)


def test_what_is_allowed_stays_byte_for_byte() -> None:
    assert sanitise(KEPT) == KEPT


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p onclick='x()' class='y' id='z' style='a:b' data-q='r'>a</p>", "<p>a</p>"),
        ("<script>x()</script><style>p{}</style><p>a</p><iframe src='/x'></iframe>", "<p>a</p>"),
        ("<p><a href='javascript:x()'>a</a> <a href='ftp://x/'>b</a></p>", "<p>a b</p>"),
        ("<p><a href='mailto:a@example.org'>a</a></p>", '<p><a href="mailto:a@example.org" rel="noopener">a</a></p>'),
        ("<p><a href='/b'>a</a></p>", '<p><a href="/b" rel="noopener">a</a></p>'),
        ("<p>a<img src='https://example.org/a.png'><img src='//example.org/a.png'>b</p>", "<p>ab</p>"),
        ("<p>a<img src='/\t/example.org/a'><img src='/\\example.org'><img src='data:image/png,'>b</p>", "<p>ab</p>"),
        ("<p lang='x y' dir='up'>a</p><ol start='x'><li>b</li></ol>", "<p>a</p><ol><li>b</li></ol>"),
        ("<h1>a</h1><h5>b</h5>", "<h2>a</h2><h4>b</h4>"),
        ("a <b>b</b><p>c</p> d", "<p>a <b>b</b></p><p>c</p><p> d</p>"),
        ("<div>a</div><div>b<div><p>c</p></div></div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<section><h2>a</h2>b</section>", "<h2>a</h2><p>b</p>"),
        ("<ul><li>a<div>b</div></li></ul>", "<ul><li>a<p>b</p></li></ul>"),
        ("<em>a<div>b<p>c</p></div></em>", "<p><em>a</em></p><p><em>b</em></p><p><em>c</em></p>"),
        (
            "<a href='/x'><h2>a</h2><p>b</p></a>",
            '<h2><a href="/x" rel="noopener">a</a></h2><p><a href="/x" rel="noopener">b</a></p>',
        ),
        ("<p>a <b></b><i>c</i></p>", "<p>a <i>c</i></p>"),
        ("<p>a <span>b</span> <mark>c</mark></p>", "<p>a b c</p>"),
        ("<p>&amp;lt; &#38; &copy;</p>", "<p>&amp;lt; &amp; ©</p>"),
    ],
)  # fmt: skip
def test_the_rest_goes_and_its_words_stay(html: str, expected: str) -> None:
    assert sanitise(html) == expected


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_word_stays_and_stands_in_a_block(chance: Random) -> None:
    html = random_body(chance)
    cleaned = sanitise(f"<div>{html}</div>")
    assert "".join(canonical_text(cleaned).split()) == "".join(canonical_text(html).split())
    assert not cleaned or (cleaned.startswith("<") and cleaned.endswith(">"))
    assert "<div" not in cleaned


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/ab\"'= &;!-pdiv", max_size=60))
def test_no_soup_breaks_it(html: str) -> None:
    cleaned = sanitise(html)
    assert canonical_text(cleaned) == canonical_text(f"<div>{cleaned}</div>")


@pytest.mark.parametrize("name", ["href", "src", "cite", "longdesc", "action", "formaction", "data", "poster", "ping"])
@pytest.mark.parametrize(
    "scheme", ["javascript:", " java\tscript:", "JaVaScRiPt&colon;", "data:text/html,", "vbscript:"]
)
def test_every_attribute_that_holds_an_address_obeys_the_rule_for_links(name: str, scheme: str) -> None:
    html = "".join(f'<{tag} {name}="{scheme}x()">a</{tag}>' for tag in sorted(BLOCKS | INLINE | {"q", "ins", "del"}))
    assert not re.search("script|data:", sanitise(html), re.IGNORECASE)


@pytest.mark.parametrize("kept", ["https://example.org/a?b:c", "mailto:a@example.org", "/a:b", "a/b#c:d", "?a:b"])
def test_a_quotation_s_address_stays_as_a_link_s_does(kept: str) -> None:
    html = f'<blockquote cite="{kept}"><p>a</p></blockquote>'
    assert sanitise(html) == html


ATTRIBUTES_OF_ONE = " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES))


@pytest.mark.parametrize(
    ("html", "limit"),
    [
        ("&" * (MAX_REFERENCES + 1), Limit.REFERENCES),
        ("&nbsp;" * (MAX_REFERENCES + 1), Limit.REFERENCES),
        ("\u00a0" * (MAX_REFERENCES + 1), Limit.REFERENCES),
        ("«" * (MAX_REFERENCES + 1), Limit.REFERENCES),
        (f"<a href='{'&' * (MAX_REFERENCES + 1)}'>a</a>", Limit.REFERENCES),
        ("< " * (MAX_BRACKETS + 1), Limit.BRACKETS),
        ("<!-- -->" * MAX_BRACKETS, Limit.BRACKETS),
        (f"<p {ATTRIBUTES_OF_ONE} b>c", Limit.ATTRIBUTES),
        (f"</p {ATTRIBUTES_OF_ONE} b>c", Limit.ATTRIBUTES),
        (f"<p/{ATTRIBUTES_OF_ONE.replace(' ', '/')}/b>c", Limit.ATTRIBUTES),
        (f"<p {ATTRIBUTES_OF_ONE.replace(' ', '=1 ')} b>c", Limit.ATTRIBUTES),
        (f"<!-- <a title='--><p {ATTRIBUTES_OF_ONE} b>'", Limit.ATTRIBUTES),
        ("<a" * 50_000, Limit.OVERLAPS),
        ("a\n" * 100_001, Limit.BREAKS),
        ("a  " * 100_001, Limit.BREAKS),
    ],
)
def test_what_would_take_seconds_to_parse_is_refused(html: str, limit: Limit) -> None:
    with pytest.raises(TooLong) as refused:
        sanitise(html)
    assert refused.value.limit == limit


def test_what_a_long_article_has_is_not_too_much() -> None:
    french = "<p>« Le vin\u00a0; l’eau\u00a0! »</p>" * 10_000
    assert len(sanitise(french)) > len(french)
    assert sanitise(f"<p>{'wrapped ' * 9}</p>\n" * 9000 + "a\n" * 90_000)
    assert sanitise(f"<p {ATTRIBUTES_OF_ONE}>{'&amp;' * 1000}</p>") == f"<p>{'&amp;' * 1000}</p>"
    assert sanitise(f"<p>a<img src='data:image/png;base64,{'A' * 1_000_000}'>b</p>") == "<p>ab</p>"


@pytest.mark.parametrize("html", ["<p>a\x00b</p>", "<p>a&#7;b</p>", "<p>\ud800</p>"])
def test_control_characters_are_refused(html: str) -> None:
    with pytest.raises(ControlCharacters):
        sanitise(html)


@pytest.mark.parametrize(
    ("part", "most", "rest", "limit"),
    [
        pytest.param("x", 2_000_000 - len("<p></p>"), "<p>{}</p>", Limit.BYTES, id="bytes"),
        pytest.param("ä", 1_000_000 - 4, "<p>{}</p>", Limit.BYTES, id="bytes of two to a letter"),
        pytest.param("<p>x</p>", 20_000, "{}", Limit.ELEMENTS, id="elements"),
        pytest.param("<span>", 1_000, "{}x", Limit.DEPTH, id="levels that are dropped"),
        pytest.param("<blockquote>", 99, "{}<p>x", Limit.DEPTH, id="levels of blocks"),
        pytest.param("<em>", 99, "<p>{}x", Limit.DEPTH, id="levels within a line"),
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_and_nothing_less(
    part: str, most: int, rest: str, limit: Limit
) -> None:
    assert sanitise(rest.format(part * most))
    with pytest.raises(TooLong) as refused:
        sanitise(rest.format(part * (most + 1)))
    assert refused.value.limit == limit


def test_a_plain_line_is_one_line() -> None:
    assert plain_line(" \tA <b>\n\r\n headline\xa0 ") == "A <b> headline\xa0"


def test_a_plain_line_without_control_characters() -> None:
    with pytest.raises(ControlCharacters):
        plain_line("a\x1bb")
