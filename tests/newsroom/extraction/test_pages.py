"""Of pages as well-known systems make them, with odd markup, the text is what a reader sees, to the letter."""

import pytest
from playwright.sync_api import Page

from newsroom.extraction.extract import Selectors, as_published, extract
from newsroom.extraction.page import parse
from newsroom.text import canonical_text
from newsroom.text.sanitizer import sanitise
from tests.newsroom.extraction import pages
from tests.newsroom.extraction.saved_pages import SavedPage, saved_pages
from tests.support.host_pages import HostPages

PAGES = list(saved_pages())
SHORT = 6
LOST = {"live_blog": {"“Stay inside”"}}  # the guess takes an update's heading for that of a teaser


def test_there_are_pages_of_many_systems() -> None:
    assert len(PAGES) >= 25


@pytest.mark.parametrize("saved", PAGES, ids=lambda saved: saved.name)
def test_the_text_of_a_page_is_what_a_reader_sees(saved: SavedPage) -> None:
    found = extract(parse(saved.html), saved.selectors)

    assert canonical_text(sanitise(as_published(found))) == saved.text
    told = {name: getattr(found, name) for name in ("headline", "standfirst", "byline", "language")}
    assert {name: said for name, said in told.items() if said} == saved.expected


@pytest.mark.parametrize("saved", PAGES, ids=lambda saved: saved.name)
def test_without_selectors_nothing_of_the_text_is_lost(saved: SavedPage) -> None:
    """What stands around it may come along; short lines, such as a symbol, may go."""
    found = extract(parse(saved.html))

    read = canonical_text(sanitise(as_published(found)))
    blocks = (block.strip() for block in saved.text.split("\n\n"))
    assert {block for block in blocks if len(block) >= SHORT and block not in read} == LOST.get(saved.name, set())


def test_what_is_to_be_dropped_is_found_as_browsers_find_it() -> None:
    """A selector may begin above the root."""
    markup = pages.page(pages.PROSE.replace("</p>", '</p><div class="promo">Buy a map of the valley.</div>', 1))

    found = extract(parse(markup), Selectors(root="article", drop="main .promo, h1"))

    assert canonical_text(sanitise(as_published(found))) == pages.TEXT


def test_a_browser_reads_the_same_text(page: Page) -> None:
    hosts = HostPages(page)

    told = {saved.name: hosts.text_of(saved.html, saved.selectors) for saved in PAGES}

    assert told == {saved.name: saved.text for saved in PAGES}
