"""A page's own markup comes through: figures, lists, quotations, tables, what runs within a sentence."""

from collections import Counter

import pytest

from newsroom.extraction.extract import extract
from newsroom.extraction.page import parse
from tests.newsroom.extraction.pages import PROSE, TEXT, body_of, page, text_of

RATES = (
    "<table><caption>Crowns a cart</caption><thead><tr><th>Year</th><th>Toll</th></tr></thead>"
    "<tr><td>2025</td><td>4</td></tr></table>"
)


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (
            f'<figure class="wp-block-table">{RATES}<figcaption>Source: council</figcaption></figure>',
            [
                "<caption>Crowns a cart</caption>",
                "<th>Year</th>",
                "<td>4</td>",
                "<figcaption>Source: council</figcaption>",
            ],
        ),
        (
            '<figure class="wp-block-pullquote"><blockquote><p>It is ours.</p><cite>Anna Abel</cite></blockquote>'
            "</figure>",
            ["<blockquote>", "It is ours.", "<cite>Anna Abel</cite>"],
        ),
        ('<ol start="4"><li>carts</li><li>cars</li></ol>', ['<ol start="4">', "<li>carts</li>"]),
        ("<ol><li>carts<ol><li>with horses</li></ol></li></ol>", ["<ol>", "<li>with horses</li>"]),
        ("<p>Type <code>ls</code> and <q>look</q> at it.</p>", ["<p>Type <code>ls</code> and “look” at it.</p>"]),
        (
            '<p>The sign <img src="https://x.example/sign.png" alt="A red sign"> says no.</p>',
            ["<p>The sign  says no.</p>", '<figcaption><a href="https://x.example/sign.png"'],
        ),
        ("<dl><dt>Toll</dt><dd>four crowns</dd></dl>", ["<dt>Toll</dt>", "<dd>four crowns</dd>"]),
        ("<pre>one\n  two</pre>", ["<pre>one\n  two</pre>"]),
        ("<p>H<sub>2</sub>O and 10<sup>3</sup></p>", ["H<sub>2</sub>O and 10<sup>3</sup>"]),
    ],
)
def test_markup_of_the_page_is_kept(inside: str, kept: list[str]) -> None:
    body = body_of(page(PROSE.replace("\n", f"\n{inside}\n", 1)))
    for part in kept:
        assert part in body
    assert text_of(page(PROSE)) == TEXT


def test_links_lead_where_they_led_on_the_page() -> None:
    inside = '<p>See <a href="mill">the mill</a>, <a href="#note">a note</a>, <a href="javascript:x()">a trick</a>.</p>'
    head = '<base href="https://daily.example/archive/">'
    body = body_of(page(PROSE + inside, head=head))
    assert '<a href="https://daily.example/archive/mill"' in body
    assert body.count("<a ") == 1
    assert "<a " not in body_of(page(PROSE + inside))


def test_what_is_left_out_is_counted() -> None:
    left_out = Counter[str]()
    inside = (
        '<figure><img src="https://x.example/a.jpg"><figcaption>Arches</figcaption></figure><img src="https://x.example/b.jpg">'
        '<iframe src="https://www.youtube.com/embed/a"></iframe><img src="https://x.example/pixel.gif">'
    )
    body = body_of(page(PROSE + inside), left_out=left_out)
    assert left_out == {"linked": 1, "left out": 1, "players": 1}
    assert ".jpg<" not in body
    assert "pixel" not in body


def test_the_language_of_the_root_comes_before_the_pages() -> None:
    assert extract(parse(page(PROSE, root='article lang="uk"'))).language == "uk"
    assert extract(parse(page(PROSE))).language == "en"


def test_the_page_is_left_as_it_was() -> None:
    parsed = parse(page(f'{PROSE}<div class="share">Share this</div>'))
    extract(parsed)
    assert "Share this" in parsed.tree.text_content()
