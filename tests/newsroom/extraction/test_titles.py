"""Headline, standfirst and byline are what the page prints, checked against its data."""

import json

import pytest

from newsroom.extraction.extract import Extracted, Selectors, extract
from newsroom.extraction.page import parse
from tests.newsroom.extraction.pages import GUESSED, PROSE, TEXT, page, text_of


def taken(inside: str, head: str = "", selectors: Selectors = GUESSED) -> Extracted:
    return extract(parse(page(inside, head=head)), selectors)


def data(**properties: object) -> str:
    graph = json.dumps({"@graph": [{"@type": "NewsArticle", **properties}]})
    return f'<script type="application/ld+json">{graph}</script>'


def test_the_headline_is_the_articles_heading_and_not_the_frames() -> None:
    assert taken(PROSE).headline == "The bridge opens"


def test_without_a_heading_the_headline_is_the_pages_title_without_the_site() -> None:
    html = page(PROSE).replace("<h1>The bridge opens</h1>", "")
    assert extract(parse(html)).headline == "The bridge opens"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="description" content="<p>Carts may cross &amp; cars wait.</p>">',
        '<meta property="og:description" content="Carts may cross &amp;  cars wait.">',
        data(description="<b>Carts</b> may cross & cars wait."),
    ],
)
def test_a_standfirst_is_one_line_without_markup(head: str) -> None:
    assert taken(PROSE, head).standfirst == "Carts may cross & cars wait."


def test_a_description_that_repeats_how_the_text_begins_is_no_standfirst() -> None:
    found = taken(PROSE, f'<meta name="description" content="{TEXT[:70]}…">')
    assert found.standfirst == ""


@pytest.mark.parametrize("tag", ["h2", 'p class="standfirst"', 'div class="article-lead"'])
def test_a_standfirst_is_not_repeated_in_the_body(tag: str) -> None:
    told = "Carts may cross the old bridge again, and cars have to wait until Thursday."
    inside = f"<{tag}>{told}</{tag.split()[0]}><p class=byline>By Anna Abel</p><p>12 May 2026, 10:15</p>{PROSE}"
    head = f'<meta name="description" content="{told}">{data(author=[{"name": "Anna Abel"}, {"name": "Ben Bell"}])}'
    found = taken(inside, head)
    assert (found.standfirst, found.byline) == (told, "Anna Abel, Ben Bell")
    assert text_of(page(inside, head=head)) == TEXT


@pytest.mark.parametrize(
    ("head", "inside", "byline"),
    [
        (data(author={"name": "By Anna Abel"}), "", "Anna Abel"),
        (data(author="Anna Abel"), "", "Anna Abel"),
        ('<meta name="author" content="Von Anna Abel">', "", "Anna Abel"),
        ('<meta property="article:author" content="https://social.example/anna">', "", ""),
        ("", '<p class="byline">By Anna Abel</p>', "Anna Abel"),
        ("", '<a rel="author" href="/anna">Anna Abel</a>', "Anna Abel"),
        ("<script type='application/ld+json'>{broken</script>", "", ""),
    ],
)
def test_a_byline_holds_names(head: str, inside: str, byline: str) -> None:
    assert taken(inside + PROSE, head).byline == byline


def test_selectors_of_a_source_come_first() -> None:
    inside = f"<h2 class=k>Kicker</h2><p class=lead>In short.</p><p class=who>Anna</p>{PROSE}"
    selectors = Selectors(root="article", headline=".k", standfirst=".lead", byline=".who", drop="h1, .k, .lead, .who")
    found = taken(inside, data(headline="Other", description="Other", author="Other"), selectors)
    assert (found.headline, found.standfirst, found.byline) == ("Kicker", "In short.", "Anna")
    assert found.root.text_content().split() == TEXT.split()


@pytest.mark.parametrize(("told", "kept"), [("Carts.", "Carts."), ("The old stone bridge", "")])
def test_a_short_description_is_a_standfirst_unless_the_text_begins_so(told: str, kept: str) -> None:
    inside = PROSE.replace("</p>", " And carts.</p>", 1)
    assert taken(inside, f'<meta name="description" content="{told}">').standfirst == kept
