"""A page's own markup comes through: figures, lists, quotations, tables, what runs within a sentence."""

from collections import Counter

import pytest

from newsroom.extraction.extract import as_article, extract
from newsroom.extraction.page import parse
from newsroom.text.sanitizer import sanitise
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


def test_pictures_of_ours_are_not_taken_for_the_pages() -> None:
    """A page that names its own address turns every relative link into one of its site."""
    head = '<link rel="canonical" href="https://daily.example/bridge">'
    html = page(
        f'{PROSE}<figure><img src="a.png" alt="Arches"></figure><p><a href="mill">The mill</a> is old.</p>', head=head
    )
    own = {"src": "/media/pictures/a.png", "width": "300", "height": "200"}
    body = sanitise(as_article(extract(parse(html)), local=lambda source, alt: own))
    assert 'src="/media/pictures/a.png"' in body
    assert 'href="https://daily.example/mill"' in body


@pytest.mark.parametrize("alt", ["A&#1;B arches", "A\x01B arches"])
def test_control_characters_in_attributes_are_no_fault(alt: str) -> None:
    inside = (
        f'<img src="https://x.example/a&#1;.jpg" alt="{alt}"><iframe src="https://x.example/v" title="{alt}"></iframe>'
    )
    assert "arches" in text_of(page(PROSE + inside))


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("<p>On 12 May 2026 it was tried.</p>", "On 12 May 2026 it was tried."),
        ("<p>“At 10:15!”</p>", "“At 10:15!”"),
        ("<p>12 May 2026, 10:15</p>", None),
        ("<p>Anna Abel | Mill Town | 08/01/2026</p>", None),
    ],
)
def test_a_line_above_the_text_goes_where_it_is_no_sentence(above: str, expected: str | None) -> None:
    assert text_of(page(above + PROSE)) == (f"{expected}\n\n{TEXT}" if expected else TEXT)


def test_a_headline_once_more_at_the_end_takes_nothing_with_it() -> None:
    lines = "<p>Ja.</p><p>Nein, said the mayor.</p>"
    assert text_of(page(f"{PROSE}{lines}<h1>The bridge opens</h1>")) == f"{TEXT}\n\nJa.\n\nNein, said the mayor."
