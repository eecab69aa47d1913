"""`make pictures`: the pictures of README and docs/desk.md, taken from a demo of its own, so that none goes stale."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.chromium import find_chromium, launch_arguments
from tests.support.postgres import free_port
from tests.support.waiting import wait_until

DOCS = Path(__file__).parents[2] / "docs"
CASES = "/admin/corrections/case/"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 800}, color_scheme="light")
        log_in(page, json.loads((Path(folder) / "demo_accounts.json").read_text()))
        for name in take(page):
            page.screenshot(path=DOCS / f"{name}.png")
            sys.stdout.write(f"docs/{name}.png\n")
        browser.close()


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """A demo of its own, ended afterwards; its address."""
    port = free_port()
    environment = os.environ | {"DATA_DIR": str(folder), "PORT": str(port)}
    with (folder / "demo.log").open("w") as log:
        run = subprocess.Popen([sys.executable, "manage.py", "demo"], env=environment, stdout=log, stderr=log)
        try:
            wait_until(lambda: is_ready(f"http://127.0.0.1:{port}/readyz"))
            yield f"http://127.0.0.1:{port}"
        finally:
            run.terminate()
            run.wait()


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def log_in(page: Page, passwords: dict[str, str]) -> None:
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("copy")
    page.locator("[name=password]").fill(passwords["copy"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def take(page: Page) -> Iterator[str]:
    """Each picture's name, with the page that it shows."""
    page.keyboard.press("Escape")  # the tour of a first log-in
    page.locator(".home-tour").wait_for(state="detached")
    yield "home"
    # A change of a fact, whose note is written already.
    page.goto(f"{CASES}?kind=fact")
    page.locator(".case-list :is(h2, h3) a").first.click()
    page.wait_for_url("**/change/**")
    yield "case"
    page.goto("/admin/newsroom/article/?state__exact=published")
    page.locator("#result_list tbody th a", has_text="late-ferry").click()
    page.locator(".richtext-text").wait_for()
    yield "writing"


if __name__ == "__main__":
    main()
