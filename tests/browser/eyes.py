"""What the tests of looks share: what axe finds, what sticks out, what is too small to hit, what shows the focus."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.axe import WCAG, violations

WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = (each) => {
        const { width, left, right } = each.getBoundingClientRect();
        return width && (right > clientWidth + 1 || left < -1);
    };
    return [...document.body.querySelectorAll("*")].filter(beyond).map((each) => each.outerHTML.slice(0, 120));
}"""
# WCAG 2.5.8 leaves out links within a sentence; a box to tick is hit by its label too.
SMALL = """() => {
    const root = document.querySelector("dialog[open]") ?? document;
    const size = (each) => (["checkbox", "radio"].includes(each.type) && each.labels[0] || each)
        .getBoundingClientRect();
    return [...root.querySelectorAll("button, summary, select, textarea, input, nav a, a[data-link]")]
        .filter((each) => each.checkVisibility() && !each.closest("[aria-hidden=true]") && each.type !== "hidden")
        .filter((each) => size(each).width > 1 && (size(each).width < 24 || size(each).height < 24))
        .map((each) => each.outerHTML.slice(0, 120));
}"""


def faults(page: Page) -> dict[str, list[Any]]:
    """What is wrong with how a page looks; empty when nothing is."""
    found = {"axe": violations(page, *WCAG), "wide": page.evaluate(WIDE), "small": page.evaluate(SMALL)}
    return {name: wrong for name, wrong in found.items() if wrong}
