"""How many keys an editor presses for each kind of decision: forty seeded cases cleared in a real browser.

Typed text is not counted, the keys that begin and send it are.
"""

import json
from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.rows import Row
from benchmarks.site import HOST, Site, seeded_site
from tests.support.chromium import find_chromium, launch_arguments

# The seeded site has cases of its own, in other sections.
LIST = "/admin/corrections/case/"
NOTE = "An earlier version of this article named the Gazette. It was the Courier."
TYPED = "text:"


def rows() -> Iterator[Row]:
    with seeded_site() as site, sync_playwright() as playwright:
        seeded = json.loads(site.run("-m", "benchmarks.desk_cases", "seed"))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        writer, second = (_log_in(browser, site, seeded["sessions"][name]) for name in ("copy", "standards"))
        several = [_decide(writer, f"?article={slug}", ["t", "Control+Enter"], 1) for slug in seeded["several"]]
        yield Row("desk_keys_several", max(several), "keys", 4, "lower")
        typed = ["n", "Control+a", f"{TYPED}{NOTE}", "Control+Enter"]
        asked = ["a", f"{TYPED}Where did you read this?", "Control+Enter"]
        yield Row("desk_keys_typo", _decide(writer, "?kind=typo&section=Local", ["p"], 12), "keys", 1, "lower")
        yield Row("desk_keys_fact", _decide(writer, "?kind=fact&section=Local", ["r"], 8), "keys", 1, "lower")
        yield Row("desk_keys_note_changed", _decide(writer, "?kind=name&section=Local", typed, 6), "keys", 3, "lower")
        yield Row(
            "desk_keys_decline", _decide(writer, "?kind=clarity&section=Local", ["d", "1"], 6), "keys", 2, "lower"
        )
        yield Row("desk_keys_ask", _decide(writer, "?kind=other&section=Local", asked, 4), "keys", 2, "lower")
        site.run("-m", "benchmarks.desk_cases", "settle")
        yield Row("desk_keys_approve", _decide(second, "?state=proposed&section=Local", ["y"], 14), "keys", 1, "lower")
        left = json.loads(site.run("-m", "benchmarks.desk_cases", "settle"))
        if left != {"asked": 4, "declined": 6, "published": 30}:
            raise RuntimeError(f"not every case was decided as meant: {left}")
        browser.close()


def _log_in(browser: Browser, site: Site, cookie: dict[str, str]) -> Page:
    context = browser.new_context(base_url=f"http://{HOST}:{site.port}", viewport={"width": 1280, "height": 800})
    context.add_cookies([{**cookie, "url": f"http://{HOST}:{site.port}"}])  # type: ignore[typeddict-item]  # read from JSON
    return context.new_page()


def _decide(page: Page, query: str, keys: Sequence[str], cases: int) -> int:
    """Keys for each case of a list; the next one opens by itself."""
    page.goto(f"{LIST}{query}")
    page.locator(".case-list a").first.click()
    for _case in range(cases):
        page.wait_for_load_state("load")
        before = page.url.partition("#")[0]
        for key in keys:
            if key.startswith(TYPED):
                page.keyboard.type(key.removeprefix(TYPED))
            else:
                page.keyboard.press(key)
        page.wait_for_url(lambda url, before=before: url.partition("#")[0] != before)  # type: ignore[misc]
    # To replace a note its old text is marked first, by one key that is no part of the decision but of the text.
    return sum(not key.startswith(TYPED) and key != "Control+a" for key in keys)
