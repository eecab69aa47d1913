"""What stands in the root and is no part of the article, and what only looks so."""

import pytest

from tests.newsroom.extraction.pages import FIRST, PROSE, SECOND, TEXT, page, text_of

LINKS = '<ul><li><a href="/a">The mill is for sale</a></li><li><a href="/b">A new road to the town</a></li></ul>'


@pytest.mark.parametrize(
    "inside",
    [
        "<div hidden><p>A text that no reader sees, however long it is and whatever it says.</p></div>",
        '<p style="color:red; display:none">A text that no reader sees, however long it is.</p>',
        '<p style="DISPLAY : none">A text that no reader sees, however long it is.</p>',
        "<div hidden><p>A text that no reader sees, with <math><mi>x</mi></math> in it.</p></div>",
        '<p style="visibility: hidden">A text that no reader sees, however long it is.</p>',
        '<span aria-hidden="true">An icon</span>',
        '<p class="screen-reader-text">Opens in a new window, says the reader of screens.</p>',
        "<form><p>Subscribe to our letter of the week, it is free.</p><input><button>Go</button></form>",
        "<noscript><p>Please switch on JavaScript.</p></noscript>",
        '<div class="share-buttons"><a href="/f">Facebook</a> <a href="/t">Mail</a></div>',
        f'<div class="related-posts"><h3>Related</h3>{LINKS}</div>',
        f"<h3>Read more</h3>{LINKS}",
        f"<h4>Mehr zum Thema:</h4>{LINKS}",
        f"<p><strong>Читайте також</strong></p>{LINKS}",
        '<p><a href="/c">Read also: the story of the mill and its owner</a></p>',
        '<div class="tags"><a href="/t/bridge">bridge</a>, <a href="/t/mill">mill</a></div>',
        '<div id="comments"><ol><li><p>I saw it too, and it was a very fine bridge, said my aunt.</p></li></ol></div>',
        '<aside class="newsletter"><p>Get our letter every morning.</p></aside>',
        "<footer><p>Filed under bridges.</p></footer>",
        '<div class="wp-block-adsense advertisement"><p>Buy a cart, buy two carts, buy three.</p></div>',
    ],
)
def test_furniture_goes(inside: str) -> None:
    assert text_of(page(PROSE.replace("\n", f"\n{inside}\n", 1))) == TEXT
    assert text_of(page(PROSE + inside)) == TEXT


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<p>Related costs rose by 5%.</p>", "Related costs rose by 5%."),
        ("<h2>Comments by the mayor on the bridge</h2><p>None.</p>", "Comments by the mayor on the bridge\n\nNone."),
        (
            "<blockquote><p>It is ours.</p><footer>Anna Abel, mayor</footer></blockquote>",
            "It is ours.\n\nAnna Abel, mayor",
        ),
        ("<aside><p>" + "A box of facts holds many words of the article. " * 5 + "</p></aside>", "A box of facts"),
        (
            '<p>A list of <a href="/a">two</a> links:</p><ul><li>the <a href="/b">mill</a> of old</li></ul>',
            "the mill of old",
        ),
        (f'<div class="highlighted-widget">{PROSE.replace("bridge", "mill")}</div>', FIRST.replace("bridge", "mill")),
        ("<p>Ja.</p>", "Ja."),
        (
            f"<div>{FIRST}</div><div>Ja.</div><div>{SECOND}</div>",
            "six, after nine months of repair.\n\nJa.\n\nThe council",
        ),
        (
            '<p>So said <span class="author">Anna Abel</span>, mayor of the town for nine years.</p>',
            "said Anna Abel, mayor",
        ),
        (
            '<p>The <a class="tag" href="/mill">mill</a> is old and the weir is older than the mill.</p>',
            "The mill is old",
        ),
        (
            '<h3><a href="#why">Why it took nine months</a></h3><p>It rained.</p>',
            "Why it took nine months\n\nIt rained.",
        ),
        (f"<h3>Read more</h3>{LINKS}<p>It was a warm day.</p>", "It was a warm day."),
    ],
)
def test_what_only_looks_like_furniture_stays(inside: str, expected: str) -> None:
    assert expected in text_of(page(PROSE + inside + f"<p>{SECOND}</p>"))
