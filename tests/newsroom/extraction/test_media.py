"""What becomes of a page's pictures and players."""

from collections import Counter

import pytest

from newsroom.extraction.extract import inner_html
from newsroom.extraction.media import link_pictures, link_players, watched_at
from newsroom.extraction.page import parse

BASE = "https://daily.example/a/"


def pictures(html: str, *, own: dict[str, str] | None = None, language: str = "en") -> tuple[str, dict[str, int]]:
    root, left_out = parse(f"<body>{html}</body>").tree.body, Counter[str]()
    link_pictures(root, base=BASE, language=language, local=lambda source, alt: own or {}, left_out=left_out)
    return inner_html(root), dict(left_out)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<figure><img src="b.jpg" alt="Arches"><figcaption>Three arches.</figcaption></figure>',
            f'<figure><figcaption>Three arches. <a href="{BASE}b.jpg">Picture</a></figcaption></figure>',
        ),
        (
            '<figure><img src="b.jpg" alt="Three arches"></figure>',
            f'<figure><figcaption><a href="{BASE}b.jpg">Three arches</a></figcaption></figure>',
        ),
        (
            '<p>One <img src="b.jpg" alt="Three arches"> sentence.</p><p>Two</p>',
            f'<p>One  sentence.</p><figure><figcaption><a href="{BASE}b.jpg">Three arches</a></figcaption></figure>'
            "<p>Two</p>",
        ),
        (
            '<p><a href="/big"><img src="data:image/gif;base64,R0" data-src="b.jpg" alt="Three arches"></a></p>',
            f'<p></p><figure><figcaption><a href="{BASE}b.jpg">Three arches</a></figcaption></figure>',
        ),
        (
            '<picture><source srcset="b.webp 1x, c.webp 2x"><img alt="Three arches"></picture>',
            f'<figure><figcaption><a href="{BASE}b.webp">Three arches</a></figcaption></figure>',
        ),
    ],
)
def test_a_picture_elsewhere_becomes_a_link_with_words(html: str, expected: str) -> None:
    assert pictures(html) == (expected, {"linked": 1})


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://count.example/pixel.gif">',
        '<img src="/t.png" width="1" height="1" alt="counter">',
        '<img src="/i/mail.png" width="16" height="16px" alt="Mail">',
        '<img src="data:image/gif;base64,R0lGOD" alt="A picture to come">',
        '<img src="/line.png" role="presentation" alt="">',
        '<img alt="Nothing">',
    ],
)
def test_decoration_goes_without_a_word(html: str) -> None:
    assert pictures(f"<p>One</p>{html}<p>Two</p>") == ("<p>One</p><p>Two</p>", {})


def test_a_picture_without_a_word_is_left_out_and_counted() -> None:
    assert pictures('<p>One</p><img src="IMG_2031.jpg"><p>Two</p>') == ("<p>One</p><p>Two</p>", {"left out": 1})


def test_a_picture_in_place_of_a_character_is_that_character() -> None:
    assert pictures('<p>Fine <img src="/e/1f600.png" alt="😀">!</p>') == ("<p>Fine <span>😀</span>!</p>", {})


def test_a_picture_of_ours_stays_where_it_is() -> None:
    own = {"src": "/media/pictures/b.jpg", "width": "300", "height": "200"}
    body, counts = pictures('<figure><img src="b.jpg" alt="Arches"><figcaption>Three.</figcaption></figure>', own=own)
    assert body.startswith('<figure><img alt="Arches" src="/media/pictures/b.jpg" width="300" height="200">')
    assert counts == {"taken along": 1}
    assert "href" not in body


def test_the_word_for_a_picture_is_the_articles() -> None:
    html = '<figure><img src="b.jpg" alt=""><figcaption>Drei Bögen.</figcaption></figure>'
    assert ">Bild</a>" in pictures(html, language="de-at")[0]


@pytest.mark.parametrize(
    ("html", "address", "label"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc?x=1" title="The opening"></iframe>',
            "https://www.youtube.com/watch?v=abc",
            "The opening",
        ),
        ('<iframe data-src="//player.vimeo.com/video/42"></iframe>', "https://vimeo.com/42", "vimeo.com"),
        (
            '<video controls><source src="/v/opening.mp4"></video>',
            "https://daily.example/v/opening.mp4",
            "daily.example",
        ),
        ('<audio src="talk.mp3"></audio>', f"{BASE}talk.mp3", "daily.example"),
        ('<object data="/map.swf"></object>', "https://daily.example/map.swf", "daily.example"),
    ],
)
def test_a_player_becomes_a_link_to_what_it_plays(html: str, address: str, label: str) -> None:
    root, left_out = parse(f"<body><p>One</p>{html}<p>Two</p></body>").tree.body, Counter[str]()
    link_players(root, base=BASE, language="en", left_out=left_out)
    assert inner_html(root) == f'<p>One</p><p><a href="{address}">Player: {label}</a></p><p>Two</p>'
    assert left_out == {"players": 1}


@pytest.mark.parametrize(
    "address",
    ["https://ad.doubleclick.net/x", "about:blank", "https://www.facebook.com/plugins/like.php?href=x", ""],
)
def test_advertising_is_no_player(address: str) -> None:
    root, left_out = (
        parse(f'<body><p>One</p><iframe src="{address}"></iframe></body>').tree.body,
        Counter[str](),
    )
    link_players(root, base=BASE, language="en", left_out=left_out)
    assert (inner_html(root), left_out) == ("<p>One</p>", {})


def test_the_page_of_a_video_is_known_from_its_player() -> None:
    assert watched_at("https://www.youtube-nocookie.com/embed/a1") == "https://www.youtube.com/watch?v=a1"
    assert watched_at("https://daily.example/player") == "https://daily.example/player"


def test_loose_text_behind_a_picture_stays() -> None:
    html = '<div>One <img src="b.jpg" alt="Three arches"> and loose text</div>'
    figure = f'<figure><figcaption><a href="{BASE}b.jpg">Three arches</a></figcaption></figure>'
    assert pictures(html)[0] == f"<div>One  and loose text{figure}</div>"


@pytest.mark.parametrize("name", ["pixel-art.jpg", "tracking-wolves.jpg", "counter.jpg"])
def test_a_picture_with_words_is_no_counter_whatever_its_name(name: str) -> None:
    assert pictures(f'<img src="{name}" alt="Three wolves">')[1] == {"linked": 1}
    assert pictures(f'<figure><img src="{name}"><figcaption>Wolves</figcaption></figure>')[1] == {"linked": 1}
    assert pictures(f'<img src="{name}">')[1] == {}


def test_of_a_picture_that_is_loaded_late_the_later_address_is_taken() -> None:
    html = '<img src="/theme/loading.svg" data-src="b.jpg" alt="Three arches">'
    assert f'href="{BASE}b.jpg"' in pictures(html)[0]


def test_a_player_in_a_sentence_does_not_break_it() -> None:
    root = parse('<body><p>One <iframe src="https://x.example/v"></iframe> sentence.</p></body>').tree.body
    link_players(root, base=BASE, language="en", left_out=Counter())
    assert inner_html(root) == '<p>One  sentence.</p><p><a href="https://x.example/v">Player: x.example</a></p>'
