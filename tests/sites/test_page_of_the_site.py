"""From a page of a real WordPress, across origins: what the desk answers and takes."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from corrections.models import Suggestion
from newsroom.models import Source
from tests.browser.test_journey import wait_for_case
from tests.sites.looks import first_look, text_of
from tests.sites.posts import CONTENT, crowded
from tests.sites.wordpress import WordPress
from tests.support.host_pages import serve_reading

pytestmark = pytest.mark.usefixtures("site")
# What a page of a site can do with the desk's addresses, as the widget does it.
LOOK_UP = """async ([desk, site]) => {
  const url = encodeURIComponent(location.href);
  try {
    const answer = await fetch(`${desk}/api/embed/article?site=${site}&url=${url}`);
    return { status: answer.status, told: await answer.json() };
  } catch {
    return { status: 0, told: null };
  }
}"""
DIGEST = """async ({ root, drop }) => {
  const { CanonicalText } = await import("/canonical.js");
  const [found] = document.querySelectorAll(root);
  for (const element of found.querySelectorAll(drop)) element.remove();
  const bytes = new TextEncoder().encode(new CanonicalText(found).text);
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hashed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}"""
SEND = """async ([desk, body]) => {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${desk}/api/suggestions`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, told: await answer.json() };
}"""


@pytest.fixture
def page(page: Page) -> Page:
    """Without the tests' header of a proxy, for which a browser would ask the desk before each request."""
    page.context.set_extra_http_headers({})
    return page


def look_up(page: Page, source: Source) -> dict[str, Any]:
    told: dict[str, Any] = page.evaluate(LOOK_UP, [settings.SITE_URL, source.key])
    return told


def test_a_page_is_known_and_its_digest_is_the_snapshot_s(wordpress: WordPress, source: Source, page: Page) -> None:
    plain, full = wordpress.publish("One", CONTENT), wordpress.publish("Two", crowded(CONTENT))
    serve_reading(page)
    page.goto(plain.link)
    assert look_up(page, source)["status"] == 404  # nobody has looked at it yet

    placed = first_look(source, plain)
    told = look_up(page, source)["told"]
    assert (told["slug"], told["revision"]) == (placed.article.slug, 1)
    assert page.evaluate(DIGEST, told["selectors"]) == told["text_digest"]

    first_look(source, full)
    page.goto(full.link)
    told = look_up(page, source)["told"]
    assert page.evaluate(DIGEST, told["selectors"]) != told["text_digest"]  # an advertisement stands in it


def test_a_site_that_the_source_does_not_name_is_not_answered(wordpress: WordPress, source: Source, page: Page) -> None:
    post = wordpress.publish("One", CONTENT)
    first_look(source, post)

    page.goto(post.link.replace("127.0.0.1", "localhost"))

    assert look_up(page, source)["status"] == 0


def test_what_is_sent_from_the_page_comes_to_the_desk_with_its_place(
    wordpress: WordPress, source: Source, page: Page
) -> None:
    post = wordpress.publish("The last ferry", crowded(CONTENT))
    placed = first_look(source, post)
    page.goto(post.link)
    quote = {"field": "body", "exact": "12 euros", "prefix": "Adult\n\n", "suffix": "\n\nPrices", "start": 0, "end": 8}
    body = {"site": source.key, "url": f"{post.link}?utm_source=mail#top", "id": str(post.id), "text_digest": "0" * 64}

    answer = page.evaluate(
        SEND, [settings.SITE_URL, {**body, "quote": quote, "replacement": "14 euros", "category": "fact"}]
    )

    assert answer["status"] == 202, answer
    assert answer["told"]["status_url"].startswith(settings.SITE_URL)
    case = wait_for_case(placed.article)
    assert text_of(placed)[case.start : case.end] == "12 euros"
    assert Suggestion.objects.get(article=placed.article).replacement == "14 euros"
