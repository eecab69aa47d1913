"""Where the article stands in a page."""

import pytest
from cssselect import SelectorError

from newsroom.extraction.extract import Selectors
from newsroom.extraction.page import parse
from newsroom.extraction.root import RootAmbiguous, RootNotFound, guess_root, hint_of, root_by
from tests.newsroom.extraction.pages import FIRST, PROSE, SECOND, TEXT, THIRD, page, text_of

ADVERTISEMENT = (
    '<div class="ad-slot"><p>Buy a cart now, the best carts of the whole valley at half the price.</p></div>'
)


@pytest.mark.parametrize(
    "root",
    ["article", "div", 'div class="entry-content"', 'section itemprop="articleBody"', 'td width="100%"'],
)
def test_the_article_is_found_in_any_element(root: str) -> None:
    assert text_of(page(PROSE, root=root)) == TEXT


def test_what_comes_after_an_advertisement_belongs_to_the_article() -> None:
    parts = f'<div class="part">{PROSE}</div>{ADVERTISEMENT}<div class="part">{PROSE.replace("bridge", "mill")}</div>'
    assert text_of(page(parts)) == f"{TEXT}\n\n{TEXT.replace('bridge', 'mill')}"


def test_loose_text_with_line_breaks_is_kept_whole() -> None:
    assert text_of(page(f"<div>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</div>", root="div")).split() == TEXT.split()


@pytest.mark.parametrize("html", ["<p>Hi</p>", "<nav><a href=/>Home</a></nav>"])
def test_a_page_without_an_article_has_no_root(html: str) -> None:
    tree = parse(f"<html><body>{html}</body></html>").tree
    with pytest.raises(RootNotFound):
        guess_root(tree, "")


def test_the_guess_is_the_smallest_element_around_the_text() -> None:
    tree = parse(page(f"<div id=inner>{PROSE}</div><ul><li><a href=/x>More</a></ul>")).tree
    assert guess_root(tree, hint_of(tree)).get("id") == "inner"


def test_a_selector_finds_one_element_or_says_why_not() -> None:
    tree = parse(page(PROSE)).tree
    assert root_by(tree, "article").tag == "article"
    with pytest.raises(RootNotFound):
        root_by(tree, "#none")
    with pytest.raises(RootAmbiguous) as several:
        root_by(tree, "p")
    assert several.value.count == 4
    with pytest.raises(SelectorError):
        root_by(tree, "p[")


def test_a_root_that_is_chosen_is_taken_as_it_stands() -> None:
    teaser = '<div class="related"><p>Read also what the mill said of the bridge.</p></div>'
    html = page(PROSE + teaser)
    assert "Read also" in text_of(html, Selectors(root="article"))
    assert text_of(html, Selectors(root="article", drop="h1, .related")) == TEXT
