"""Whether a browser and the server read one text in another system's page, and whether each finds the other's quotes.

On pages shaped as twenty-eight systems shape theirs, as they stand and around each of the demo's articles.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.rows import Row
from newsroom.extraction.extract import as_published, extract
from newsroom.extraction.page import parse
from newsroom.text import canonical_text
from newsroom.text.sanitizer import sanitise
from tests.newsroom.extraction.saved_pages import SavedPage, saved_pages, wrapped
from tests.support.chromium import find_chromium, launch_arguments
from tests.support.host_pages import HostPages

SEEDS = Path(__file__).parents[1] / "seeds"
QUOTES = 20  # of each page
LONGEST_QUOTE = 80
CONTEXT = 16  # characters on each side, by which a quote is told from another


def rows() -> Iterator[Row]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        hosts = HostPages(browser.new_page())
        texts = [(hosts.text_of(page.html, page.selectors) or "", server_text(page)) for page in measured()]
        browser.close()
    yield Row("extraction_equal", share([seen == read for seen, read in texts]), "share", 0.97, "higher")
    chance = random.Random(17)
    found = [quote in read for seen, read in texts for quote in quotes(seen, chance)]
    yield Row("extraction_quotes", share(found), "share", 0.985, "higher")


def measured() -> Iterator[SavedPage]:
    bodies = [path.read_text(encoding="utf-8") for path in seeds()]
    for page in saved_pages():
        yield page
        for body in bodies:
            yield wrapped(page, body)


def seeds() -> list[Path]:
    return [SEEDS / article["body"] for article in json.loads((SEEDS / "articles.json").read_text(encoding="utf-8"))]


def server_text(page: SavedPage) -> str:
    return canonical_text(sanitise(as_published(extract(parse(page.html), page.selectors))))


def quotes(text: str, chance: random.Random) -> Iterator[str]:
    """What readers might mark, with what stands around it."""
    for _each in range(QUOTES):
        start = chance.randrange(len(text) or 1)
        end = min(len(text), start + chance.randint(3, LONGEST_QUOTE))
        yield text[max(0, start - CONTEXT) : end + CONTEXT]


def share(held: list[bool]) -> float:
    return sum(held) / len(held)
