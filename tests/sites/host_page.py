"""A reader on a page of another site: its invitation, a mark, and the dialog that the widget opens over it."""

from playwright.sync_api import Locator, Page, expect

MARK = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".entry-content"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error(`the page has no ${words}`);
}"""


def opened(page: Page, address: str) -> None:
    """Without the tests' header of a proxy, for which a browser would ask the desk before each request."""
    page.context.set_extra_http_headers({})
    page.goto(address)


def invitation(page: Page) -> Locator:
    return page.get_by_role("link", name="Tell us here")


def suggest_on_host(page: Page, words: str, wording: str) -> str:
    """From words of the page to the private link."""
    expect(invitation(page)).to_be_visible()
    page.evaluate(MARK, words)
    page.keyboard.press("Control+Enter")
    page.locator("#suggestion-replacement").fill(wording)
    page.locator("[data-send]").click()
    link = page.locator("[data-link]").first
    expect(link).to_be_visible()
    return str(link.get_attribute("href"))
