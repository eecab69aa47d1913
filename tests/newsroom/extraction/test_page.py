"""What a page says of itself: its address, where its links start, its language."""

import pytest

from newsroom.extraction.page import NoPage, parse

HERE = "https://daily.example/local/bridge?utm=1"


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        (' lang="fr-FR"', '<meta property="og:locale" content="en_US">', "fr-fr"),
        (' xml:lang="uk"', "", "uk"),
        ("", '<meta http-equiv="Content-Language" content="de, en">', "de"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt-br"),
        ("", '<meta itemprop="inLanguage" content="ar">', "ar"),
        (' lang="{{ page.lang }}"', '<meta property="og:locale" content="es_ES">', "es-es"),
        ("", "", ""),
    ],
)
def test_the_language_is_what_browsers_obey_and_else_what_search_engines_read(
    attributes: str, head: str, language: str
) -> None:
    assert parse(f"<html{attributes}><head>{head}</head><body><p>a</p></body></html>").language == language


@pytest.mark.parametrize(
    ("head", "address", "base"),
    [
        ('<link rel="canonical" href="https://daily.example/bridge">', "https://daily.example/bridge", HERE),
        ('<link rel="shortlink canonical" href="/bridge">', "https://daily.example/bridge", HERE),
        ('<meta property="og:url" content="https://daily.example/og">', "https://daily.example/og", HERE),
        ('<link rel="canonical" href="javascript:alert(1)">', HERE, HERE),
        ('<base href="/archive/">', HERE, "https://daily.example/archive/"),
        ("", HERE, HERE),
    ],
)
def test_its_address_is_the_canonical_one_and_links_start_from_the_base(head: str, address: str, base: str) -> None:
    page = parse(f"<html><head>{head}</head><body><p>a</p></body></html>", address=HERE)
    assert (page.address, page.base) == (address, base)


def test_a_saved_page_has_the_address_that_it_names() -> None:
    page = parse('<link rel="canonical" href="https://daily.example/bridge"><p>a</p>')
    assert (page.address, page.base) == ("https://daily.example/bridge",) * 2
    assert parse('<link rel="canonical" href="/bridge"><p>a</p>').base == ""


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("", "not an HTML page"),
        ("<div>" * 300 + "a", "nested more than 250 deep"),
        ("<p>a" * 20_001, "more than 20,000 elements"),
        (f"<p {' '.join(f'a{number}' for number in range(301))}>a", "more than 300 attributes"),
    ],
)
def test_what_would_take_seconds_is_refused(html: str, why: str) -> None:
    with pytest.raises(NoPage, match=why):
        parse(html)


def test_a_script_may_hold_as_many_tags_as_it_likes_up_to_twice_the_elements() -> None:
    page = parse(f"<script>{'<b>' * 30_000}</script><p>a</p>")
    assert page.tree.text_content().strip() == "a"
