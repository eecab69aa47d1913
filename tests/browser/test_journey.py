"""The whole chain in a real browser: a reader highlights, an editor publishes, everybody sees what changed."""

import re
import time
from urllib.parse import urlsplit

import feedparser
import pytest
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, expect

from corrections.models import Case, Suggestion
from newsroom.models import Article, Editor
from tests.browser.axe import serious
from tests.browser.desk import let_the_time_pass
from tests.browser.reader import MARK, PLACE, sent
from tests.support.factories import PASSWORD, current_revision, make_article, make_editor
from tests.support.processes import Site

SECONDS = 30  # for what a worker does behind the page, on a busy machine
BODY = (
    "<p>The ferry will <em>propably</em> sail on Sunday.</p>"
    "<p>The harbour is open to everybody at all hours.</p>"
    "<figure><figcaption>The ferrry at dawn</figcaption></figure>"
)


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", standfirst="Tickets are cheap", body=BODY)


@pytest.fixture
def editor(site: Site) -> Editor:
    return make_editor(public_name="Ada Quill")


def select_with_mouse(page: Page, words: str) -> None:
    """Drag from the first to behind the last letter of the words, as a hand does."""
    box = page.evaluate(PLACE, words)
    page.mouse.move(box["left"] + 0.5, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"] - 3, box["y"], steps=4)
    page.mouse.move(box["right"] + 0.5, box["y"])
    page.mouse.up()


def fill(dialog: Locator, *, wording: str, category: str) -> None:
    dialog.locator("#suggestion-replacement").fill(wording)
    dialog.locator(f"[name=category][value={category}]").check()


def wait_for_case(article: Article) -> Case:
    """The case that the worker makes; the suggestion is on its way over a real broker."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        suggestion = Suggestion.objects.select_related("case").get(article=article)
        if suggestion.case is not None:
            return suggestion.case
        time.sleep(0.1)
    raise AssertionError("nobody triaged the suggestion")


def log_in(page: Page, editor: Editor, *, to: str) -> None:
    page.goto(f"/admin/login/?next={to}")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{settings.SITE_URL}{to}")


def reload_until(page: Page, text: str) -> None:
    """A reader who comes back to the page from time to time."""
    deadline = time.monotonic() + SECONDS
    while text not in page.locator("body").inner_text():
        assert time.monotonic() < deadline, f"{text!r} never came"
        page.wait_for_timeout(300)
        page.reload()


def test_from_highlight_to_a_published_revision(page: Page, article: Article, editor: Editor) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(article.get_absolute_url())
    assert serious(page) == []
    select_with_mouse(page, "propably")
    page.keyboard.press("Control+Enter")
    dialog = page.locator("dialog[open]")
    fill(dialog, wording="probably", category="clarity")
    expect(dialog.locator("ins")).to_have_text("probably")
    assert serious(page) == []
    status_url = sent(page.locator("dialog[open]"))

    case = wait_for_case(article)
    assert (case.exact, case.anchor, case.readers) == ("propably", "exact", 1)
    page.goto(status_url)
    expect(page.get_by_role("heading", name="Your suggestion is with the editors")).to_be_visible()
    assert serious(page) == []

    log_in(page, editor, to="/admin/corrections/case/")
    assert serious(page) == []
    page.locator(f"a[href='/admin/corrections/case/{case.pk}/change/']").click()
    assert serious(page) == []
    expect(page.get_by_label("Kind of change")).to_have_value("clarification")
    page.get_by_label("Public note").fill("The word was misspelt; it is “probably”.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".desk-undo")).to_contain_text("Published")
    let_the_time_pass()
    assert current_revision(article).number == 2

    page.goto(article.get_absolute_url())
    reload_until(page, "will probably sail on Sunday")
    expect(page.locator("[data-field=body] em")).to_have_text("probably")
    expect(page.locator("body")).to_contain_text("it is “probably”")
    page.goto(f"{article.get_absolute_url()}changes/")
    expect(page.locator("ins").first).to_have_text("probably")
    expect(page.locator("del").first).to_have_text("propably")
    expect(page.locator("body")).to_contain_text("Ada Quill")
    feed = feedparser.parse(page.request.get("/corrections/feed.atom").body())
    assert not feed.bozo
    assert article.slug in feed.entries[0].link

    page.goto(status_url)
    page.get_by_role("link", name="See the change in the article").click()
    expect(page).to_have_url(re.compile(rf"/articles/{article.slug}/revisions/2/.*#spot-15-23$"))
    assert current_revision(article).require_content().text[15:23] == "probably"
    expect(page.locator("[data-field=body]")).to_contain_text("probably")
    assert complaints == []


def test_by_the_form_without_javascript(browser: Browser, article: Article, editor: Editor) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=settings.SITE_URL)
    page = context.new_page()
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="Tell us here").click()
    page.locator("[name=exact]").fill("harbor")
    page.locator("[name=replacement]").fill("port")
    page.locator("button.suggestion-send").click()
    expect(page.get_by_role("alert")).to_contain_text("are not in the article")
    expect(page.locator("[name=replacement]")).to_have_value("port")
    page.locator("[name=exact]").fill("open to everybody")
    page.locator("[name=replacement]").fill("open to everyone")
    page.locator("button.suggestion-send").click()
    status_url = page.url

    case = wait_for_case(article)
    log_in(page, editor, to=f"/admin/corrections/case/{case.pk}/change/")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".desk-undo")).to_contain_text("Published")
    let_the_time_pass()
    assert current_revision(article).number == 2

    page.goto(status_url)
    page.get_by_role("link", name="See the change in the article").click()
    spot = urlsplit(page.url).fragment
    expect(page.locator(f"[id='{spot}']")).to_be_attached()
    expect(page.locator("[data-field=body]")).to_contain_text("open to everyone")
    context.close()


def test_by_touch(browser: Browser, article: Article) -> None:
    context = browser.new_context(
        base_url=settings.SITE_URL, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(article.get_absolute_url())
    page.locator("figcaption").scroll_into_view_if_needed()
    page.evaluate(MARK, "ferrry")
    button = page.locator(".suggestion-button")
    expect(button).to_be_visible()
    below = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    box = button.bounding_box()
    assert box is not None
    assert box["y"] >= below
    button.tap()
    fill(page.locator("dialog[open]"), wording="ferry", category="typo")
    sent(page.locator("dialog[open]"))
    context.close()

    case = wait_for_case(article)
    assert (case.field, case.exact, case.replacement, case.anchor) == ("body", "ferrry", "ferry", "exact")


def test_by_keyboard_alone(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a[data-suggest]')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#picker-words")).to_be_visible()
    assert serious(page) == []
    page.keyboard.type("everybody")
    choose_with_keyboard(page, "The harbour is open")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("#suggestion-replacement")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("The harbour is open to all at all hours.")
    page.keyboard.press("Control+Enter")
    expect(dialog.locator("[data-link]")).to_be_visible()

    case = wait_for_case(article)
    assert case.exact == "The harbour is open to everybody at all hours."
    assert current_revision(article).require_content().text[case.change_start : case.change_end] == "everybody"


def choose_with_keyboard(page: Page, words: str) -> None:
    """Tab into the list of sentences, then down with the arrow key to the one that holds the words."""
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    for _step in range(5):
        if words in page.evaluate("document.activeElement.closest('label').textContent"):
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError("the keyboard does not reach the sentence")
