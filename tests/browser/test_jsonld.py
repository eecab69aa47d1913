"""schema.org data in the page: a browser takes the block for data, whatever a headline holds."""

import json

from playwright.sync_api import Page

from tests.newsroom.syndication.test_jsonld import NASTY
from tests.support.factories import make_article
from tests.support.processes import Site


def test_the_browser_takes_the_block_for_data(site: Site, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    make_article(slug="nasty-too", headline=NASTY)
    page.goto("/articles/nasty-too/")
    block = page.locator('script[type="application/ld+json"]').text_content()
    assert block is not None
    assert json.loads(block)["headline"] == NASTY
    assert complaints == []
