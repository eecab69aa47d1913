"""From article to private page by the keys alone, each stop shown, and what a screen reader is told on the way."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from newsroom.models import Article
from tests.browser.reader import MARK, dialog_on, send, suggestions_on
from tests.support.factories import make_article
from tests.support.processes import Site
from tests.support.waiting import wait_until

BODY = "<p>The ferry will <em>propably</em> sail on Sunday.</p><p>The harbour is open to everybody at all hours.</p>"
SUGGESTIONS = re.compile("/api/suggestions$")
# A ring that is there only with the focus: the same element is looked at with and without it.
RING = """() => {
    const stop = document.activeElement;
    const look = () => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(stop);
        const drawn = outlineStyle !== "none" && outlineWidth !== "0px";
        return drawn ? [outlineStyle, outlineWidth, outlineColor, boxShadow].join(" ") : boxShadow;
    };
    const box = stop.getBoundingClientRect();
    const seen = box.width > 1 && box.bottom > 0 && box.top < innerHeight;
    const shown = look();
    stop.blur();
    const plain = look();
    stop.focus();
    return { stop: stop.outerHTML.slice(0, 100), seen, ringed: shown !== plain };
}"""
# A stop that the bar with the buttons lies over is not seen.
COVERED = """() => {
    const stop = document.activeElement;
    const box = stop.getBoundingClientRect();
    const bar = stop.closest("dialog")?.querySelector(".suggestion-actions");
    const over = bar && !bar.contains(stop) && bar.checkVisibility() ? bar.getBoundingClientRect() : null;
    return over ? box.top >= over.top : false;
}"""


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", body=BODY)


def stops(page: Page, key: str, *, until: str, most: int = 60) -> Iterator[str]:
    """Go from stop to stop, each of them seen and ringed, to the one that a selector names."""
    for _step in range(most):
        page.keyboard.press(key)
        found = page.evaluate(RING)
        assert found["seen"], f"{found['stop']} has the focus out of sight"
        assert found["ringed"], f"nothing shows that {found['stop']} has the focus"
        assert not page.evaluate(COVERED), f"{found['stop']} lies under the buttons"
        yield found["stop"]
        if page.evaluate("(selector) => document.activeElement.matches(selector)", until):
            return
    raise AssertionError(f"{key} does not reach {until}")


def go_to(page: Page, selector: str) -> int:
    return len(list(stops(page, "Tab", until=selector)))


def test_from_the_article_to_the_private_page_by_the_keys_alone(page: Page, article: Article) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(article.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    go_to(page, "a[data-suggest]")
    page.keyboard.press("Enter")
    expect(page.locator("#picker-words")).to_be_focused()
    page.keyboard.type("ferry")
    go_to(page, "#picker-list input")
    page.keyboard.press("ArrowDown")
    go_to(page, ".suggestion-send")
    page.keyboard.press("Enter")
    wording = page.locator("dialog[open] #suggestion-replacement")
    expect(wording).to_be_focused()

    go_to(page, "[data-send]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-summary]")).to_be_focused()
    go_to(page, "[data-complaints] a")
    page.keyboard.press("Enter")
    expect(wording).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("The ferry will probably sail on Sunday.")
    go_to(page, "[name=category]")
    page.keyboard.press("ArrowDown")
    go_to(page, "[data-send]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-thanks] h2")).to_be_focused()
    go_to(page, "[data-link]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/suggestions/"))
    go_to(page, "summary")
    [suggestion] = suggestions_on(article)
    assert (suggestion.replacement, suggestion.category) == ("The ferry will probably sail on Sunday.", "fact")


def test_the_dialog_keeps_the_keys_and_gives_the_place_back(page: Page, article: Article) -> None:
    page.set_viewport_size({"width": 800, "height": 700})
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    names = []
    for _step in range(30):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.closest('dialog') || document.activeElement === document.body")
        )
    assert all(names)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    wait_until(lambda: page.evaluate("String(getSelection())") == "propably")
    expect(page.locator(".suggestion-button")).to_be_visible()
    go_to(page, ".suggestion-button")
    page.keyboard.press("Enter")
    expect(dialog.locator("#suggestion-replacement")).to_have_value("propably")


# To the ear -----------------------------------------------------------------------------------------------------------
def test_a_screen_reader_is_told_what_everything_is(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    expect(
        page.get_by_role("complementary", name="Corrections").get_by_role("link", name="Tell us here")
    ).to_be_visible()
    page.evaluate(MARK, "propably")
    page.get_by_role("button", name="Suggest a correction").click()
    dialog = page.get_by_role("dialog", name="Suggest a correction")
    expect(dialog).to_match_aria_snapshot(
        """
        - dialog "Suggest a correction":
          - button "Close"
          - heading "Suggest a correction" [level=2]
          - status
          - paragraph:
            - textbox "How should it read?": propably
          - group "What do you suggest?":
            - radio "Change it" [checked]
            - radio "Delete this passage"
            - radio "I don't know the right words"
          - group "What kind of mistake is it?":
            - radio "Spelling" [checked]
            - radio "Fact"
          - group: Add a note, a source or your name
          - status
          - button "Send"
        """
    )
    wording = dialog.get_by_role("textbox", name="How should it read?")
    send(dialog)
    expect(dialog.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(wording).to_have_accessible_description(re.compile("The words are still the same"))
    expect(wording).to_have_attribute("aria-invalid", "true")
    wording.fill("probably")
    expect(dialog.get_by_role("deletion")).to_have_text("propably")
    expect(dialog.get_by_role("insertion")).to_have_text("probably")


def test_a_screen_reader_hears_what_becomes_of_it(page: Page, article: Article) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=settings.SITE_URL)
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    page.route(SUGGESTIONS, lambda route: route.abort())
    heard = dialog.get_by_role("status")
    send(dialog)
    expect(heard.filter(has_text="sent when you are online")).to_be_visible()
    page.unroute(SUGGESTIONS)
    page.route(SUGGESTIONS, refuse)
    send(dialog)
    expect(dialog.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(dialog.get_by_role("link", name="This site has no such kind.")).to_be_visible()
    page.unroute(SUGGESTIONS)
    send(dialog)
    # The focus goes to the heading: it is read out, and the way on begins there.
    expect(dialog.get_by_role("heading", name="Thank you. Our editors have it.")).to_be_focused()
    dialog.get_by_role("button", name="Copy the link").click()
    expect(heard.filter(has_text="The link is copied.")).to_be_visible()
    dialog.get_by_role("button", name="Done").click()
    own = page.get_by_role("region", name="What you suggested here")
    own.get_by_role("button", name="Check status").click()
    expect(own.get_by_role("status")).not_to_be_empty()
    page.evaluate("document.activeElement.blur(), getSelection().removeAllRanges()")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="Select the words that are wrong first")).to_be_visible()


def refuse(route: Route) -> None:
    """As the desk would, were the page older than its categories."""
    route.fulfill(status=422, json={"errors": {"category": ["This site has no such kind."]}})
