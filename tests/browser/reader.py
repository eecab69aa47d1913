"""What the browser tests of the reader's side share: marking words, opening the dialog on them, sending."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Request, expect

from corrections.models import Suggestion
from newsroom.models import Article
from tests.support.factories import current_revision
from tests.support.waiting import wait_until

MARK = """(words) => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error(`the article has no ${words}`);
}"""
# Where words stand on the screen, scrolled to its middle.
PLACE = """(words) => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    walker.currentNode.parentElement.scrollIntoView({ block: "center" });
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, x: (left + right) / 2, y: (top + bottom) / 2 };
  }
  throw new Error(`the article has no ${words}`);
}"""
MARKED = """(name) => "highlights" in CSS
  ? [...(CSS.highlights.get(name) ?? [])].map(String)
  : [...document.querySelectorAll(`mark.${name}`)].map((mark) => mark.textContent)"""


def dialog_on(page: Page, words: str) -> Locator:
    """The dialog, opened on words of the article by the keys."""
    # A dialog that was just closed gives its place back in a task of its own.
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    # A mouse that selects takes the focus from whatever had it.
    page.evaluate("() => document.activeElement?.blur()")
    page.evaluate(MARK, words)
    page.keyboard.press("Control+Enter")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("#suggestion-replacement")).to_be_visible()
    page.wait_for_function(f"(words) => String(({MARKED})('passage')) === words", arg=words.strip())
    return dialog


def send(dialog: Locator) -> None:
    dialog.locator("[data-send]").click()


def sent(dialog: Locator) -> str:
    """Press the button; the private link that the thanks give."""
    send(dialog)
    link = dialog.locator("[data-link]")
    expect(link).to_be_visible()
    return str(link.get_attribute("href"))


def suggest(page: Page, words: str, wording: str) -> str:
    """From words of the open article to the private link, with the dialog closed again."""
    dialog = dialog_on(page, words)
    dialog.locator("#suggestion-replacement").fill(wording)
    address = sent(dialog)
    dialog.locator("[data-done]").click()
    return address


def wait_for_current(page: Page, article: Article) -> None:
    """Until the site answers with the current revision: it keeps the pages that it made for a second."""
    shown = f'data-revision="{current_revision(article).number}"'
    wait_until(lambda: shown in page.request.get(article.get_absolute_url()).text())


def marked(page: Page, name: str = "own") -> list[str]:
    """The words that are marked in the page by that name."""
    found: list[str] = page.evaluate(MARKED, name)
    return found


def suggestions_on(article: Article) -> list[Suggestion]:
    return list(Suggestion.objects.filter(article=article).order_by("received_at"))


@contextmanager
def requests_of(page: Page) -> Iterator[list[Request]]:
    """Collects what the page asks for meanwhile."""
    heard: list[Request] = []

    def hear(request: Request) -> None:
        heard.append(request)

    page.on("request", hear)
    yield heard
    page.remove_listener("request", hear)
