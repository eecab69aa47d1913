"""axe-core on a page: what breaks WCAG, by rule and element."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

PATH = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# target-size, of WCAG 2.2, is off unless it is asked for by name. Most of axe's time went into selectors and into lists
# of what is right, which nobody reads.
RUN = """(tags) => axe.run(document, {
    ...(tags.length && { runOnly: { type: "tag", values: tags }, rules: { "target-size": { enabled: true } } }),
    resultTypes: ["violations"],
    selectors: false,
}).then(({ violations }) => violations.map((v) => [v.impact, v.id, v.nodes[0].html, v.nodes[0].failureSummary]))"""


@cache
def source() -> str:
    return PATH.read_text(encoding="utf-8")


def violations(page: Page, *tags: str) -> list[list[Any]]:
    """Impact, rule, element and what to do, for each rule broken; of all of axe's rules, or of those with the tags."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    found: list[list[Any]] = page.evaluate(RUN, list(tags))
    return found


def serious(page: Page) -> list[list[Any]]:
    """What is serious or critical, good practice included."""
    return [violation for violation in violations(page) if violation[0] in ("serious", "critical")]
