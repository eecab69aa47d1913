"""The desk in a real browser: by keyboard alone, on a phone, without scripts, under the site's own policy."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from corrections.models import Case
from newsroom.models import Editor
from tests.browser.axe import serious
from tests.browser.desk import let_the_time_pass, log_in, press, with_session
from tests.support.desk_page import LIST, address_of, make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.processes import Site
from tests.support.waiting import wait_until

FILLING = "".join(f"<p>Paragraph {number} says nothing of note about the harbour.</p>" for number in range(60))
BODY = f"{FILLING}<p>The council will recieve the report on Tuesday.</p><p>It counts 140 bridges.</p>{FILLING}"
_numbers = count(1)


@pytest.fixture
def editor(site: Site) -> Editor:
    return make_editor(username=f"desk{next(_numbers)}")


@pytest.fixture
def case(site: Site) -> Case:
    article = make_article(body=BODY, slug=f"desk-{next(_numbers)}")
    make_case(article, "140", "150", category="fact", note="I counted them twice.")
    make_case(article)
    make_case(article, "will recieve the", "will receive the")
    return make_case(article, "recieve", "get")


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Nothing may be said on the console, by the policy least of all."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


def text_after(number: int, case: Case) -> str:
    """The article's text once the revision is there: a decision is carried out when it cannot be undone any more."""
    let_the_time_pass()
    wait_until(lambda: current_revision(case.article).number == number)
    return current_revision(case.article).require_content().text


def decide_form(page: Page) -> Locator:
    """The form of this case alone; another below takes several cases together."""
    return page.get_by_role("form", name="Decide")


def tab_to(page: Page, selector: str) -> None:
    for _step in range(80):
        press(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_case_is_published_by_keyboard_alone(page: Page, case: Case, editor: Editor, complaints: list[str]) -> None:
    log_in(page, editor)
    page.goto(f"{LIST}?article={case.article.slug}")  # the site has cases of other tests too
    tab_to(page, f"a[href^='{address_of(case)}']")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Decide")).to_be_visible()
    tab_to(page, "input[name=chosen]")
    press(page, "ArrowDown")
    tab_to(page, "button[value=publish]")
    press(page, "Enter")
    expect(page.locator(".desk-undo")).to_contain_text("Published")
    assert "will get the report" in text_after(2, case)


def test_the_article_is_scrolled_to_the_passage(page: Page, case: Case, editor: Editor, complaints: list[str]) -> None:
    with_session(page, editor)
    page.goto(address_of(case))
    pane, mark = page.locator("[data-scroll]").bounding_box(), page.locator("[data-scroll] del").first.bounding_box()
    assert pane is not None
    assert mark is not None
    assert pane["y"] < mark["y"] < pane["y"] + pane["height"]


def test_a_kind_that_needs_a_second_editor_says_so_on_the_button(
    page: Page, case: Case, editor: Editor, complaints: list[str]
) -> None:
    with_session(page, editor)
    page.goto(address_of(case))
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    decide_form(page).get_by_label("Kind of change").select_option("correction")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_hidden()
    decide_form(page).get_by_label("Public note").fill("It is spelt “receive”.")
    page.get_by_role("button", name="Ask a second editor", exact=True).click()
    expect(page.locator(".desk-undo")).to_contain_text("Sent to a second editor")
    let_the_time_pass()
    assert Case.objects.get(pk=case.pk).state == "proposed"


def test_without_scripts_the_desk_works_too(browser: Browser, site: Site, case: Case, editor: Editor) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url)
    page = context.new_page()
    log_in(page, editor)
    page.goto(address_of(case))
    page.get_by_label("Your wording of the passage").fill("recieve")
    page.get_by_role("button", name="Edit and publish").click()
    expect(page.get_by_role("alert")).to_contain_text("the same as the current")
    page.get_by_label("Your wording of the passage").fill("be given")
    page.get_by_role("button", name="Edit and publish").click()
    expect(page.locator(".desk-undo")).to_contain_text("Published")
    context.close()
    assert "will be given the report" in text_after(2, case)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_list_and_case_fit_the_screen_and_pass_axe(
    browser: Browser, site: Site, case: Case, editor: Editor, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=site.url)
    page = context.new_page()
    with_session(page, editor)
    for address in (LIST, address_of(case), f"{address_of(case)}?whole=1"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert serious(page) == []
    context.close()


def test_ten_cases_are_cleared_by_letters_alone(page: Page, site: Site, editor: Editor, complaints: list[str]) -> None:
    right = [
        "receive",
        "separate",
        "government",
        "occurred",
        "until",
        "which",
        "because",
        "friend",
        "believe",
        "address",
    ]
    words = ["recieve", "seperate", "goverment", "occured", "untill", "wich", "becuase", "freind", "beleive", "adress"]
    body = "".join(f"<p>Paragraph {n} says {word} and nothing else of note.</p>" for n, word in enumerate(words))
    article = make_article(body=body, slug=f"letters-{next(_numbers)}")
    cases = [make_case(article, wrong, put) for wrong, put in zip(words, right, strict=True)]
    with_session(page, editor)
    page.goto(f"{LIST}?article={article.slug}")
    press(page, "j")
    press(page, "Enter")
    for case in cases[:6]:
        expect(page).to_have_url(re.compile(f"/{case.pk}/change/"))
        press(page, "p")
    expect(page).to_have_url(re.compile(f"/{cases[6].pk}/change/"))
    press(page, "f")
    expect(page).to_have_url(re.compile(f"/{cases[7].pk}/change/"))
    press(page, "s")
    expect(page).to_have_url(re.compile(f"/{cases[8].pk}/change/"))
    press(page, "d")
    page.keyboard.type("It is spelt so in the source.")
    press(page, "Control+Enter")
    expect(page).to_have_url(re.compile(f"/{cases[9].pk}/change/"))
    press(page, "e")
    press(page, "Control+A")
    page.keyboard.type("the address")
    press(page, "Control+Enter")
    expect(page.get_by_text("That was the last case")).to_be_visible()

    let_the_time_pass()
    states = list(Case.objects.filter(article=article).order_by("pk").values_list("state", flat=True))
    assert states == ["published"] * 6 + ["already_fixed", "spam", "declined", "published"]
    assert "says the address and" in current_revision(article).require_content().text


def test_a_filter_acts_at_once_and_an_empty_search_is_cleared_by_one_press(
    page: Page, case: Case, editor: Editor, complaints: list[str]
) -> None:
    with_session(page, editor)
    page.goto(f"{LIST}?article={case.article.slug}&q=nothing+of+the+kind")
    expect(page.get_by_text("No case here contains “nothing of the kind”.")).to_be_visible()
    page.get_by_role("link", name="Show all again").click()
    expect(page.locator(".case-list li").first).to_be_visible()
    page.goto(f"{LIST}?article={case.article.slug}")
    page.locator("select[name=kind]").select_option("fact")
    expect(page).to_have_url(re.compile("kind=fact"))


def test_a_decision_is_undone_by_a_letter(page: Page, case: Case, editor: Editor, complaints: list[str]) -> None:
    with_session(page, editor)
    page.goto(address_of(case))
    press(page, "s")
    expect(page.locator(".desk-undo")).to_be_visible()
    press(page, "u")
    expect(page.locator(".messagelist")).to_contain_text("Undone")
    assert Case.objects.get(pk=case.pk).state == "open"


def test_a_decision_is_sent_once_though_the_page_is_still_loading(page: Page, case: Case, editor: Editor) -> None:
    with_session(page, editor)
    page.goto(address_of(case))
    page.evaluate(
        """() => {
          sent = 0;
          addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
          });
        }"""
    )
    press(page, "s")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))")
    press(page, "s")
    assert page.evaluate("sent") == 1


def test_letters_do_nothing_in_a_field_or_when_they_are_switched_off(
    page: Page, case: Case, editor: Editor, complaints: list[str]
) -> None:
    with_session(page, editor)
    page.goto(address_of(case))
    decide_form(page).get_by_label("Public note").press_sequentially("spf")
    expect(decide_form(page).get_by_label("Public note")).to_have_value("spf")
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("link", name="Switch the letter keys off").click()
    page.get_by_label("Letter keys").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto(address_of(case))
    press(page, "s")
    press(page, "p")
    expect(page.get_by_role("heading", name="Decide")).to_be_visible()
    assert Case.objects.get(pk=case.pk).state == "open"
