"""What a public page asks of a browser: nothing from elsewhere, little to fetch, nothing that jumps or is too small."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from newsroom.models import Kind
from tests.support.factories import make_article, make_revision
from tests.support.processes import Site
from tests.support.public_pages import NOTE

PAGES = [
    *("/", "/corrections/", "/policy/", "/articles/quality/", "/articles/quality/suggest/"),
    *("/articles/quality/changes/", "/articles/quality/changes/1...2/", "/articles/quality/revisions/1/"),
]
PHONE = {"width": 390, "height": 844}
LAYOUT_SHIFTS = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => setTimeout(() => resolve(sum), 100));
})"""
BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter((entry) => entry.initiatorType !== "img")
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
BLOCKING = """() => [...document.querySelectorAll("script")]
    .filter((script) => script.src && script.type !== "module" && !script.defer && !script.async)
    .map((script) => script.src)"""
# WCAG 2.5.8 leaves out links within a sentence: their lines are as high as the text.
SMALL_TARGETS = """() => [...document.querySelectorAll("button, summary, select, textarea, input, nav a")]
    .filter((each) => each.checkVisibility() && !["checkbox", "radio", "hidden"].includes(each.type))
    .filter((each) => { const box = each.getBoundingClientRect(); return box.width > 1 && box.height < 24; })
    .map((each) => each.outerHTML.slice(0, 120))"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser did and said while it opened a page."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def seen(page: Page, site: Site) -> Seen:
    make_revision(
        make_article(slug="quality", standfirst="A look at them.", byline="Ida Wrenfold"),
        find="three are",
        put="four are",
        kind=Kind.CORRECTION,
        note=NOTE,
    )
    seen = Seen()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("requestfailed", lambda request: seen.complaints.append(f"{request.url} failed"))
    return seen


def test_public_pages_are_light_still_and_self_contained(page: Page, site: Site, seen: Seen) -> None:
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(LAYOUT_SHIFTS) < 0.1, path
        assert page.evaluate(BYTES) < 25_000, path
        assert page.evaluate(BLOCKING) == [], path
        assert page.evaluate(SMALL_TARGETS) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert head_of(page) == [], path
        assert page.locator("img:not([width][height]), img:not([alt])").count() == 0, path
        assert page.locator("h1").count() == 1, path
    assert [url for url in seen.requests if not url.startswith(f"{site.url}/")] == []
    assert seen.complaints == []
    assert page.context.cookies() == []


def head_of(page: Page) -> list[Any]:
    """What is missing of what a search engine, a phone and a screen reader need."""
    found = {
        "title": page.title().strip(),
        "lang": page.locator("html").get_attribute("lang"),
        "viewport": page.locator("meta[name=viewport]").get_attribute("content"),
        "description": page.locator("meta[name=description]").first.get_attribute("content", timeout=1000)
        if page.locator("meta[name=description]").count()
        else "",
    }
    return [name for name, value in found.items() if not value]
