"""Pages of other sites in a real browser, read there as the widget reads them."""

from pathlib import Path

from playwright.sync_api import Page, Route

from newsroom.extraction.extract import Selectors
from newsroom.extraction.furniture import DROPPED

SCRIPTS = Path(__file__).parents[2] / "static" / "shared"
HOST = "http://host.test"
READ = """async ([root, drop]) => {
  const {CanonicalText} = await import("/canonical.js");
  const [found, ...others] = document.querySelectorAll(root);
  if (!found || others.length) return null;
  for (const element of found.querySelectorAll(drop)) element.remove();
  return new CanonicalText(found).text;
}"""


class HostPages:
    """One tab in which page after page is opened; nothing else that a page asks for is there."""

    def __init__(self, page: Page) -> None:
        self._page, self._html = page, ""
        page.route("**/*", self._answer)
        serve_reading(page)

    def text_of(self, html: str, selectors: Selectors) -> str | None:
        """Canonical text of the root; None where there is not exactly one."""
        self._html = html
        self._page.goto(f"{HOST}/", wait_until="domcontentloaded")
        return read_text(self._page, selectors)

    def _answer(self, route: Route) -> None:
        if route.request.url == f"{HOST}/":
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        else:
            route.abort()


def serve_reading(page: Page) -> None:
    """The module that reads canonical text, on whatever site the page stands."""
    script = SCRIPTS / "canonical.js"
    page.route("**/canonical.js", lambda route: route.fulfill(path=script, content_type="text/javascript"))


def read_text(page: Page, selectors: Selectors) -> str | None:
    dropped = f"{DROPPED}, {selectors.drop}" if selectors.drop else DROPPED
    told: str | None = page.evaluate(READ, [selectors.root, dropped])
    return told
