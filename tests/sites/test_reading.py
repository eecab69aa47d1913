"""A browser reads in a real WordPress the text that the server stored; where scripts add to it, quotes hold."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from corrections.anchoring import place
from corrections.anchoring.relocation import Quote
from newsroom.extraction.extract import Selectors
from newsroom.models import Source
from tests.sites.looks import first_look, text_of
from tests.sites.posts import CONTENT, TEXT, crowded
from tests.sites.wordpress import WordPress
from tests.support.host_pages import read_text, serve_reading

pytestmark = pytest.mark.usefixtures("site")
CONTEXT = 16
ADVERTISEMENT = "Advertisement: buy a boat"


def opened(page: Page, address: str) -> None:
    serve_reading(page)
    page.goto(address)


def quotes(text: str, *, apart_from: str) -> Iterator[Quote]:
    """What readers might mark of a text; the offsets are another text's and are left out."""
    chance = random.Random(17)
    own = text.index(apart_from)
    for _each in range(200):
        start = chance.randrange(len(text) - 12)
        end = min(start + chance.randint(8, 60), len(text))
        exact = text[start:end].strip()
        if exact and not (start < own + len(apart_from) and own < end):
            start = text.index(exact, start)
            end = start + len(exact)
            yield Quote(
                "body", exact, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], None, None, None
            )


def test_a_browser_reads_what_the_server_stored(wordpress: WordPress, source: Source, page: Page) -> None:
    post = wordpress.publish("The last ferry", CONTENT)

    opened(page, post.link)

    assert read_text(page, Selectors(root=source.root)) == text_of(first_look(source, post)) == TEXT


def test_quotes_are_placed_where_scripts_put_advertisements_into_the_text(
    wordpress: WordPress, source: Source, page: Page
) -> None:
    post = wordpress.publish("The last ferry", crowded(CONTENT))
    stored = text_of(first_look(source, post))

    opened(page, post.link)
    seen = read_text(page, Selectors(root=source.root))

    assert seen
    assert stored == TEXT
    assert seen.replace(f"{ADVERTISEMENT}\n\n", "") == TEXT
    for quote in quotes(seen, apart_from=ADVERTISEMENT):
        anchor = place(stored, quote)
        assert stored[anchor.start : anchor.end] == quote.exact, quote
