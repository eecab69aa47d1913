"""Cases are chosen in the list by key and mouse, and decided together."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from corrections.models import Case
from newsroom.models import Editor
from tests.browser.axe import serious
from tests.browser.desk import let_the_time_pass, press, with_session
from tests.support.desk_page import LIST, make_case
from tests.support.factories import make_article, make_editor
from tests.support.processes import Site

_numbers = count(1)
WORDS = ("council", "report", "Tuesday", "bridges", "three")


@pytest.fixture
def editor(site: Site) -> Editor:
    return make_editor(username=f"chosen{next(_numbers)}")


@pytest.fixture
def address(site: Site) -> str:
    """The list of five cases of one article."""
    article = make_article(slug=f"chosen-{next(_numbers)}")
    for word in WORDS:
        make_case(article, word, word.upper(), category="fact")
    return f"{LIST}?article={article.slug}"


def states(address: str) -> list[str]:
    cases = Case.objects.filter(article__slug=address.rpartition("=")[2])
    return list(cases.order_by("rank", "pk").values_list("state", flat=True))


def test_by_keyboard_a_range_is_chosen_declined_and_one_of_it_undone(page: Page, editor: Editor, address: str) -> None:
    with_session(page, editor)
    page.goto(address, wait_until="networkidle")
    bar = page.locator("#chosen")
    expect(bar).to_be_hidden()
    for key in ("j", "x", "j", "j", "Shift+X"):
        press(page, key)
    expect(bar).to_contain_text("Chosen: 3")
    assert serious(page) == []
    press(page, "d")
    press(page, "1")  # the first usual reason, which declines
    undo = page.locator("[data-undo]")
    expect(undo).to_contain_text("Decided a moment ago: 3")
    undo.get_by_role("listitem").first.get_by_role("button").click()
    let_the_time_pass()
    assert sorted(states(address)) == ["declined", "declined", "open", "open", "open"]


def test_by_mouse_a_range_is_put_on_hold_until_monday_and_all_of_it_undone(
    page: Page, editor: Editor, address: str
) -> None:
    with_session(page, editor)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address, wait_until="networkidle")
    boxes = page.locator(".case-row input[type=checkbox]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("#chosen")).to_contain_text("Chosen: 4")
    boxes.nth(2).click()
    expect(page.locator("#chosen")).to_contain_text("Chosen: 3")
    page.locator("#chosen summary", has_text="Put on hold").click()
    page.get_by_label("until Monday, 9:00").check()
    page.get_by_label("Why it waits").fill("The mayor calls back.")
    page.get_by_role("button", name="Hold", exact=True).click()
    page.get_by_role("button", name="Undo all").click()
    expect(page.get_by_text("Undone: 3 cases.")).to_be_visible()
    assert states(address) == ["open"] * 5


def test_a_digit_means_the_part_of_the_bar_that_is_open_and_letters_begin_its_reason(
    page: Page, editor: Editor, address: str
) -> None:
    with_session(page, editor)
    page.goto(address, wait_until="networkidle")
    for key in ("j", "x", "h", "M"):
        press(page, key)
    expect(page.get_by_label("Why it waits")).to_have_value("M")
    page.get_by_label("for two hours").focus()
    press(page, "2")
    expect(page.locator("[data-undo]")).to_contain_text("Put on hold")
    let_the_time_pass()
    assert sorted(states(address)) == ["held", *["open"] * 4]


def test_enter_in_a_field_of_the_bar_decides_only_with_the_button_beside_it(
    page: Page, editor: Editor, address: str
) -> None:
    with_session(page, editor)
    page.goto(address, wait_until="networkidle")
    page.locator(".case-row input[type=checkbox]").first.click()
    press(page, "h")
    page.get_by_label("On hold until").fill("2026-01-01")
    page.get_by_label("Why it waits").focus()
    press(page, "Control+Enter")
    expect(page.get_by_text("Choose a day after today, within a year.")).to_be_visible()
    expect(page.locator("#chosen")).to_contain_text("Chosen: 1")  # the choice stays
    assert states(address) == ["open"] * 5
