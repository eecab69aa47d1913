"""The page of a case in a real browser: what is in sight, the change where it stands, keys that press what is seen."""

import re
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from corrections.models import Case
from newsroom.models import Editor
from tests.browser.axe import serious
from tests.browser.desk import let_the_time_pass, press, with_session
from tests.support.desk_page import address_of, make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.processes import Site

FILLING = "".join(f"<p>Paragraph {number} says nothing of note about the harbour.</p>" for number in range(40))
TABLE = "<table><tr><th>Bridges</th><td>14</td></tr><tr><th>Ferries</th><td>3</td></tr></table>"
BODY = (
    f"{FILLING}<h2>Counted</h2>{TABLE}<p>It is long. The council will recieve the report. It counts 140.</p>{FILLING}"
)
_numbers = count(1)


@pytest.fixture
def editor(site: Site) -> Editor:
    return make_editor(username=f"eyes{next(_numbers)}")


@pytest.fixture
def case(site: Site) -> Case:
    article = make_article(body=BODY, slug=f"eyes-{next(_numbers)}")
    known = make_case(article, "140", "150", category="fact", note="I counted them twice.")
    known.suggestions.update(evidence_url="https://example.org/count")
    return make_case(article, "140", "150", category="fact", note="The council’s own list says 150.")


@pytest.fixture
def at_case(page: Page, case: Case, editor: Editor) -> Page:
    page.set_viewport_size({"width": 1280, "height": 800})
    with_session(page, editor)
    page.goto(address_of(case))
    return page


def is_in_sight(seen: Locator) -> bool:
    return bool(
        seen.first.evaluate(
            """(element) => {
                const { top, bottom, left, right, width } = element.getBoundingClientRect();
                const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
                const isOnTop = element.contains(at) || at?.contains(element);
                return width > 0 && top >= 0 && bottom <= innerHeight && isOnTop;
            }"""
        )
    )


def test_all_that_decides_a_usual_case_is_on_one_screen(at_case: Page) -> None:
    form = at_case.get_by_role("form", name="Decide")
    needed = {
        "passage": at_case.locator(".case-article del"),
        "new words": at_case.locator(".case-article ins"),
        "readers": at_case.get_by_text("2 readers"),
        "note of a reader": at_case.get_by_text("I counted them twice."),
        "evidence": at_case.get_by_role("link", name="https://example.org/count"),
        "flag": at_case.get_by_text("140 → 150 is a number"),
        "kind": form.get_by_label("Kind of change"),
        "note": form.get_by_label("Public note"),
        "propose": form.get_by_role("button", name="Ask a second editor", exact=True),
        "decline": at_case.locator("#decline summary"),
        "ask": at_case.locator("summary", has_text="Ask the readers"),
        "fixed": at_case.get_by_role("button", name="Already fixed"),
    }
    assert [name for name, seen in needed.items() if not is_in_sight(seen)] == []
    assert at_case.evaluate("scrollY") == 0
    assert at_case.locator("#nav-sidebar").count() == 0


def test_on_a_phone_notes_come_before_the_decision_and_buttons_stand_below(
    browser: Browser, site: Site, case: Case, editor: Editor
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, base_url=site.url).new_page()
    with_session(page, editor)
    page.goto(address_of(case))
    parts = (".case-article", ".case-remarks", "#decide")
    tops = [page.locator(part).evaluate("(part) => part.getBoundingClientRect().top") for part in parts]
    assert tops == sorted(tops)
    button = page.get_by_role("button", name="Ask a second editor", exact=True)
    assert is_in_sight(button)
    assert button.evaluate("(button) => button.getBoundingClientRect().top") > 700
    assert is_in_sight(page.locator(".case-article del"))
    assert serious(page) == []
    page.context.close()


def test_the_passage_grows_by_a_key_and_is_edited_where_it_stands(at_case: Page, case: Case) -> None:
    press(at_case, "w")
    own = at_case.get_by_label("Your wording of the passage")
    expect(own).to_have_value("It counts 150.")
    expect(own).to_be_focused()
    assert at_case.evaluate("!!document.querySelector('.case-article [data-own]')")
    press(at_case, "Control+A")
    at_case.keyboard.type("There are 160.")
    expect(at_case.locator(".case-article ins")).to_have_text(["There", "are", "160"])
    expect(own).to_be_focused()
    expect(at_case.locator(".case-article td").first).to_have_text("14")
    assert serious(at_case) == []
    press(at_case, "Control+Enter")
    expect(at_case.locator(".desk-undo")).to_contain_text("Sent to a second editor")
    let_the_time_pass()
    proposal = Case.objects.get(pk=case.pk).proposal
    assert proposal
    assert "The council will recieve the report. There are 160.</p>" in proposal.body


def test_a_digit_chooses_the_variant_that_is_edited(page: Page, case: Case, editor: Editor) -> None:
    for words in ("recieve", "will recieve"):
        other = make_case(case.article, words, words.replace("recieve", "get" if " " in words else "receive"))
    with_session(page, editor)
    page.goto(address_of(other))
    press(page, "2")
    chosen = page.locator("input[name=chosen]:checked").get_attribute("value") or ""
    press(page, "e")
    expect(page.get_by_label("Your wording of the passage")).to_have_value(chosen.partition(":")[2])
    expect(page.locator(".case-article ins")).to_have_text(chosen.partition(":")[2].rpartition(" ")[2])


def test_a_usual_reason_is_two_keys_and_one_s_own_begins_with_a_letter(at_case: Page, case: Case) -> None:
    press(at_case, "d")
    at_case.keyboard.type("No: it was 140.")
    expect(at_case.locator("#DeclineForm_reason")).to_have_value("No: it was 140.")
    at_case.reload()
    press(at_case, "d")
    press(at_case, "2")
    expect(at_case.locator(".desk-undo")).to_contain_text("Declined")
    let_the_time_pass()
    assert Case.objects.get(pk=case.pk).reason.startswith("Both spellings")


def test_keys_in_a_field_press_the_button_that_is_seen(at_case: Page) -> None:
    press(at_case, "n")
    expect(at_case.locator("#PassageForm_note")).to_be_focused()
    press(at_case, "Control+A")
    at_case.keyboard.type("An earlier version said 140. It is 150.")
    press(at_case, "Control+Enter")
    expect(at_case.locator(".desk-undo")).to_contain_text("Sent to a second editor")


def test_the_next_case_begins_at_its_top(page: Page, case: Case, editor: Editor) -> None:
    make_case(case.article, "recieve", "receive")
    with_session(page, editor)
    page.goto(f"{address_of(case)}?article={case.article.slug}")
    page.locator("#PassageForm_note").fill("")
    page.get_by_role("button", name="Ask a second editor", exact=True).click()
    page.get_by_role("alert").get_by_role("link", name="Public note").click()
    expect(page).to_have_url(re.compile("#PassageForm_note$"))
    page.locator("#PassageForm_note").fill("An earlier version said 140. It is 150.")
    press(page, "Control+Enter")
    expect(page.locator(".desk-undo")).to_be_visible()
    expect(page).to_have_url(re.compile("#content-start$"))
    expect(page.locator("main")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    assert is_in_sight(page.locator(".desk-undo"))
    press(page, "u")
    expect(page.locator(".messagelist")).to_contain_text("Undone")


def test_a_flag_that_the_kind_makes_void_is_not_shown(at_case: Page) -> None:
    warning = at_case.get_by_text("So it needs a public note and a second editor")
    expect(warning).to_be_hidden()
    press(at_case, "k")
    at_case.locator("#PassageForm_kind").select_option("typo")
    expect(warning).to_be_visible()


def test_keys_and_jump_are_on_every_page(page: Page, case: Case, editor: Editor) -> None:
    with_session(page, editor)
    page.goto("/admin/newsroom/article/")
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys, outside text fields")).to_be_visible()
    press(page, "Escape")
    press(page, "Control+k")
    page.keyboard.type(str(case.pk))
    expect(page.get_by_role("option", name=f"Case {case.pk}")).to_be_visible()
    assert serious(page) == []
    press(page, "Enter")
    expect(page).to_have_url(re.compile(f"{address_of(case)}$"))
    press(page, "Control+k")
    page.keyboard.type("already")
    press(page, "Enter")
    expect(page.locator(".desk-undo")).to_contain_text("Closed as already fixed")
    assert current_revision(case.article).number == 1
