"""A phone in the hand, and readers who want no motion or colours of their own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from newsroom.models import Article
from tests.browser.reader import MARK, PLACE, dialog_on, marked, suggest, suggestions_on
from tests.support.desk_page import make_case
from tests.support.factories import make_article
from tests.support.processes import Site

BODY = "".join(f"<p>Paragraph {number} is about the quay.</p>" for number in range(12)) + (
    "<p>The ferry will propably sail on Sunday.</p>" + "<p>The harbour is open at all hours.</p>" * 8
)
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
    const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(each);
    const longest = (text) => Math.max(...text.split(",").map(parseFloat));
    const animated = animationName !== "none" && longest(animationDuration) > 0.01;
    return animated || longest(transitionDuration) > 0.01 || scrollBehavior === "smooth";
}).map((each) => each.outerHTML.slice(0, 100))"""

# As a phone does it: the keyboard lies over the page, which keeps its size, and only the visual viewport gets smaller.
KEYBOARD = """(height) => {
    Object.defineProperty(visualViewport, "height", { get: () => innerHeight - height });
    Object.defineProperty(visualViewport, "offsetTop", { get: () => 0 });
    visualViewport.dispatchEvent(new Event("resize"));
}"""


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", body=BODY)


@pytest.fixture
def phone(browser: Browser, playwright: Playwright, site: Site) -> Iterator[Page]:
    context = browser.new_context(**playwright.devices["Pixel 7"], base_url=site.url)
    yield context.new_page()
    context.close()


def long_press(page: Page, words: str) -> None:
    """A finger held on a word. Chromium under automation selects nothing then, so a script does in its place."""
    place = page.evaluate(PLACE, words)
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": place["x"], "y": place["y"]}]})
    page.wait_for_timeout(600)
    page.evaluate(MARK, words)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_long_press_a_tap_and_the_keyboard_comes_up(phone: Page, article: Article) -> None:
    phone.goto(article.get_absolute_url())
    long_press(phone, "propably")
    button = phone.locator(".suggestion-button")
    expect(button).to_be_visible()
    assert phone.evaluate("String(getSelection())") == "propably"
    below = phone.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    box = button.bounding_box()
    assert box is not None
    # The handles of a selection hang some 30 px below it.
    assert box["y"] >= below + 30
    assert box["height"] >= 44
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= phone.evaluate("innerWidth")
    button.tap()
    dialog = phone.locator("dialog[open]")
    expect(dialog.get_by_role("heading", name="Suggest a correction")).to_be_focused()

    dialog.locator("#suggestion-replacement").tap()
    phone.evaluate(KEYBOARD, 320)
    room = phone.evaluate("innerHeight") - 320
    for part in (dialog, dialog.locator("[data-send]"), dialog.locator("#suggestion-replacement")):
        shown = part.bounding_box()
        assert shown is not None
        assert shown["y"] >= 0
        assert shown["y"] + shown["height"] <= room + 1
    dialog.locator("#suggestion-replacement").fill("probably")
    dialog.locator("[data-send]").tap()
    expect(dialog.locator("[data-link]")).to_be_visible()
    assert [(s.exact, s.replacement) for s in suggestions_on(article)] == [("propably", "probably")]


# Motion and colours ---------------------------------------------------------------------------------------------------
def test_nothing_moves_for_readers_who_want_no_motion(page: Page, article: Article) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{article.get_absolute_url()}revisions/1/#spot-1-2")
    assert page.evaluate(MOVING) == []
    page.goto(article.get_absolute_url())
    dialog_on(page, "propably")
    assert page.evaluate(MOVING) == []
    page.keyboard.press("Escape")
    # Two frames later the event of this scroll is over, and cannot be taken for that of the jump.
    page.evaluate("""() => new Promise((resolve) => {
        scrollTo(0, 0);
        requestAnimationFrame(() => requestAnimationFrame(resolve));
    })""")
    # The jump to a passage, which glides for everybody else, is over at once.
    place = page.evaluate("""() => {
        location.hash = "#spot-330-340";
        return new Promise((resolve) => addEventListener("scroll", () => resolve([scrollY]), { once: true }));
    }""")
    page.wait_for_timeout(600)
    assert page.evaluate("scrollY") == place[0] > 0


def test_chosen_colours_leave_everything_told_apart(page: Page, article: Article) -> None:
    make_case(article, "propably", "probably")
    page.emulate_media(forced_colors="active")
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert style(dialog, "borderTopStyle") == "solid"
    assert style(dialog.locator("[data-send]"), "borderTopStyle") == "solid"
    assert "underline" in style(dialog.locator("ins"), "textDecorationLine")
    assert "line-through" in style(dialog.locator("del"), "textDecorationLine")
    assert marked(page, "passage") == ["propably"]
    dialog.locator("#suggestion-replacement").focus()
    page.keyboard.press("Tab")
    assert style(page.locator(":focus"), "outlineStyle") == "solid"
    page.keyboard.press("Escape")
    suggest(page, "quay", "pier")
    page.evaluate(MARK, "Sunday")
    button = page.locator(".suggestion-button")
    expect(button).to_be_visible()
    assert style(button, "borderTopStyle") == "solid"
    assert style(button, "borderTopColor") != style(button, "backgroundColor")


def style(element: Locator, name: str) -> str:
    return str(element.evaluate("(element, name) => getComputedStyle(element)[name]", name))
