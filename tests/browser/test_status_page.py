"""The private page in a real browser: each state at a glance and by axe, on a phone, and what its buttons do."""

from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from corrections.contacts.addresses import confirm_contact
from corrections.decisions.outcomes import ask_readers, decline_case, mark_spam
from corrections.models import Case, Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Article
from tests.browser.axe import serious
from tests.browser.test_spots import MARKED
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import contact_of
from tests.support.processes import Site
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until

SCREENS: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (320, "dark")]
SMALL = """() => [...document.querySelectorAll("button, summary, select, textarea, input, nav a, section > p > a")]
    .filter((each) => each.checkVisibility() && !["checkbox", "radio", "hidden"].includes(each.type))
    .filter((each) => each.getBoundingClientRect().height < 24)
    .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def article(site: Site) -> Article:
    return make_article()


def link(case: Case) -> str:
    return f"/suggestions/{status_token(case.suggestions.order_by('received_at')[0].pk)}/"


def case_in(article: Article, state: str) -> Case:
    """A case whose reader's page is in that state; none is asked for by two tests at once."""
    case = make_case(article, note="I was there.", email="reader@example.net", credit="Ada")
    if state == "question":
        ask_readers(case, by=make_editor(), question="Which page?\nAnd where?")
    elif state == "declined":
        decline_case(case, by=make_editor(), reason="It is our style.\n\nSee rule 3.")
    elif state == "spam":
        mark_spam(case, by=make_editor())
    elif state == "published":
        Desk().decide(case, "publish", kind="clarification", note="“recieve” is “receive” now.")
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("state", ["in_review", "question", "published", "declined", "spam"])
def test_every_state_can_be_seen_and_used_on_any_screen(browser: Browser, site: Site, state: str) -> None:
    case = case_in(make_article(), state)
    wait_until(lambda: Case.objects.get(pk=case.pk).state != "decided")
    for width, scheme in SCREENS:
        page = browser.new_page(base_url=site.url, viewport={"width": width, "height": 800}, color_scheme=scheme)
        complaints = list[str]()
        page.on("console", lambda message: complaints.append(message.text))  # noqa: B023  # it ends with this turn
        page.goto(link(case))
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        assert serious(page) == []
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        assert complaints == []
        page.close()


def test_a_fresh_suggestion_is_told_on_little_more_than_a_screen_of_a_phone(page: Page, article: Article) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(link(make_case(article)))
    assert page.evaluate("document.documentElement.scrollHeight") <= 1000


def test_the_published_change_is_reached_and_marked(page: Page, article: Article) -> None:
    page.goto(link(case_in(article, "published")))
    page.get_by_role("link", name="See the change in the article").click()
    expect(page.locator("[data-field=body] :focus")).to_be_visible()
    assert page.evaluate(MARKED) == ["receive"]
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")


def test_a_changed_headline_is_reached_and_marked(page: Page, article: Article) -> None:
    case = make_case(article, "due", "late", field="headline")
    Desk().decide(case, "publish", kind="clarification", note="The report is “late”, we wrote “due”.")
    page.goto(link(case))
    page.get_by_role("link", name="See the change in the article").click()
    expect(page.locator("h1:target")).to_have_text("Report on the bridges is late")


def test_the_address_is_copied_by_a_button(browser: Browser, site: Site) -> None:
    case = make_case(make_article())
    context = browser.new_context(base_url=site.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(link(case))
    page.locator("summary", has_text="Manage").click()
    page.get_by_role("button", name="Copy the address").click()
    expect(page.locator("[data-copied]")).to_have_text("The address is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == settings.SITE_URL + link(case)
    context.close()


def test_what_is_wrong_is_said_first_and_leads_to_the_field(page: Page, article: Article) -> None:
    page.goto(link(case_in(article, "question")))
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert serious(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.keyboard.type("The first.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator(".suggestion-done")).to_be_focused()
    expect(page.locator(".suggestion-story")).to_contain_text("The first.")


def test_a_reader_is_named_then_anonymous_then_erased_by_keyboard(page: Page, article: Article) -> None:
    case = make_case(article, email="reader@example.net")
    page.goto(link(case))
    page.locator("summary", has_text="Manage").click()
    page.locator("summary", has_text="Be thanked by name").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion-done")).to_have_text("Your choice is saved.")
    assert Suggestion.objects.get(case=case).credit
    page.locator("summary", has_text="Change this").click()
    page.get_by_label("No, I stay anonymous").check()
    page.get_by_role("button", name="Save my choice").click()
    expect(page.locator("#name")).to_contain_text("You stay anonymous")

    confirm_contact(contact_of(Suggestion.objects.get(case=case)), wants_receipt=False)
    page.reload()  # with what was done in its address, so that the part about the name is open still
    expect(page.locator("#held")).to_contain_text("reader@example.net")
    page.locator("summary", has_text="Erase what it says about you").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.locator("#held")).not_to_contain_text("reader@example.net")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert "reader@example.net" not in download.value.path().read_text()


def test_taking_it_back_asks_first(page: Page, article: Article) -> None:
    make_suggestion(article, "three", "four")
    case = make_case(article)
    page.goto(link(case))
    page.locator("summary", has_text="Take it back").click()
    assert Case.objects.get(pk=case.pk).state == "open"
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You took your suggestion back")
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
