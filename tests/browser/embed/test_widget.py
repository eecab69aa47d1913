"""The widget on another origin's page: from marked words to a stored suggestion, under a closed policy."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import suggestions_on
from tests.support.host_site import HostSite

pytestmark = pytest.mark.usefixtures("site")
MARK = """([selector, words]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error(`no ${words}`);
}"""


def opened(page: Page, address: str) -> list[str]:
    """Opens the page; what its console says is collected."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    expect(page.get_by_role("link", name="Tell us here")).to_be_visible()
    return said


def mark(page: Page, words: str, *, within: str = ".text") -> None:
    page.evaluate(MARK, [within, words])


def test_the_whole_way_under_a_closed_policy(page: Page, host: HostSite) -> None:
    placed = host.add_article("/bridge")
    said = opened(page, host.add_page("/bridge"))

    mark(page, "recieve")
    page.keyboard.press("Control+Enter")
    page.locator("#suggestion-replacement").fill("receive")
    page.locator("[data-send]").click()

    expect(page.locator("[data-link]").first).to_be_visible()
    [stored] = suggestions_on(placed.article)
    assert (stored.exact, stored.replacement, stored.start) == ("recieve", "receive", 17)
    assert said == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
