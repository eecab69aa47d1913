"""What editors decide, in a real browser: together, one after the other, too late, with a reader's help."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from corrections.abuse.senders import sender_hash
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from corrections.models import Case, Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Kind
from tests.browser.axe import serious
from tests.browser.desk import at_desk, let_the_time_pass, press, with_session
from tests.support.desk_page import LIST, address_of, make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Site
from tests.support.waiting import wait_until

_numbers = count(1)


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(slug=f"decisions-{next(_numbers)}")


@pytest.fixture
def desk(page: Page, site: Site) -> Iterator[Page]:
    """A copy editor's page, on whose console nothing is said but what the network answers."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    with_session(page, make_editor())
    yield page
    assert [each for each in said if "Failed to load resource" not in each] == []


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def focus_other(page: Page, other: Case) -> None:
    """By the key that goes through the other cases of the article."""
    for _step in range(10):
        press(page, "j")
        if page.evaluate("key => document.activeElement.href?.includes(key)", f"/{other.pk}/change/"):
            return
    raise AssertionError("the keyboard does not reach the other case")


def test_two_cases_are_merged_and_split_again(desk: Page, article: Article) -> None:
    case, other = make_case(article), make_case(article, "three", "four", note="I counted them.")
    desk.goto(f"{address_of(case)}?article={article.slug}")
    focus_other(desk, other)
    press(desk, "x")
    press(desk, "m")
    expect(desk.locator(".desk-undo")).to_contain_text("Merged (2 cases)")
    let_the_time_pass()
    assert (state_of(case), state_of(other)) == ("open", "merged")

    desk.goto(address_of(case))
    press(desk, "v")
    desk.get_by_label("I counted them.").check()
    desk.get_by_role("button", name="Split off").click()
    expect(desk.locator(".desk-undo")).to_contain_text("Split")
    let_the_time_pass()
    apart = Case.objects.get(article=article, state="open", exact="three")
    assert (apart.readers, Case.objects.get(pk=case.pk).readers) == (1, 1)


def test_a_fact_is_proposed_by_one_key_with_the_note_that_is_written_for_it(desk: Page, article: Article) -> None:
    case = make_case(article, "14", "15", category="fact")
    desk.goto(address_of(case))
    expect(desk.locator("#PassageForm_note")).to_have_value(re.compile("“14 bridges”. It is “15 bridges”."))
    press(desk, "r")
    expect(desk.locator(".desk-undo")).to_contain_text("Sent to a second editor")
    press(desk, "u")
    expect(desk.locator(".messagelist")).to_contain_text("Undone")


def test_the_note_follows_the_wording_until_the_editor_types_in_it(desk: Page, article: Article) -> None:
    case = make_case(article, "14", "15", category="fact")
    desk.goto(address_of(case))
    note, wording = desk.locator("#PassageForm_note"), desk.locator("#PassageForm_wording")
    press(desk, "e")
    wording.fill("16")
    expect(note).to_have_value(re.compile("It is “16 bridges”."))
    note.fill("There are 17 bridges, not 14.")
    wording.fill("17")
    desk.get_by_role("button", name="Ask a second editor about your wording").click()
    expect(desk.locator(".desk-undo")).to_contain_text("Sent to a second editor")
    let_the_time_pass()
    proposal = Case.objects.get(pk=case.pk).proposal
    assert proposal
    assert proposal.note == "There are 17 bridges, not 14."


def test_a_form_sent_at_once_waits_for_its_note(desk: Page, article: Article) -> None:
    case = make_case(article, "14", "15", category="fact")
    desk.goto(address_of(case))
    press(desk, "e")
    desk.locator("#PassageForm_wording").fill("18")
    desk.get_by_role("button", name="Ask a second editor about your wording").click()
    expect(desk.locator(".desk-undo")).to_contain_text("Sent to a second editor")
    let_the_time_pass()
    proposal = Case.objects.get(pk=case.pk).proposal
    assert proposal
    assert proposal.note.endswith("It is “18 bridges”.")


def test_what_one_editor_proposes_another_approves(desk: Page, article: Article, browser: Browser, site: Site) -> None:
    case = make_case(article, "14", "15", category="fact")
    desk.goto(address_of(case))
    desk.get_by_role("form", name="Decide").get_by_label("Public note").fill("It is 15 bridges, not 14.")
    press(desk, "Escape")
    press(desk, "r")
    expect(desk.locator(".desk-undo")).to_contain_text("Sent to a second editor")
    let_the_time_pass()
    desk.goto(address_of(case))
    expect(desk.get_by_text("another editor has to approve it")).to_be_visible()
    desk.goto("/admin/")  # else the other is asked whether to decide beside this editor

    desk.goto("about:blank")  # who has the case open is asked about before it is decided
    second = at_desk(browser, site, make_editor(group=STANDARDS_EDITOR))
    second.goto(address_of(case))
    expect(second.get_by_role("blockquote")).to_have_text("It is 15 bridges, not 14.")
    assert serious(second) == []
    press(second, "y")
    expect(second.locator(".desk-undo")).to_contain_text("Approved")
    press(second, "u")
    expect(second.locator(".messagelist")).to_contain_text("Undone")
    assert (state_of(case), current_revision(article).number) == ("proposed", 1)
    press(second, "y")
    expect(second.locator(".desk-undo")).to_contain_text("Approved")
    let_the_time_pass()
    assert (state_of(case), current_revision(article).number) == ("published", 2)
    second.context.close()


def test_a_proposal_is_sent_back_by_keyboard(article: Article, browser: Browser, site: Site, desk: Page) -> None:
    case = make_case(article, "14", "15", category="fact")
    desk.goto(address_of(case))
    desk.get_by_role("form", name="Decide").get_by_label("Public note").fill("It is 15.")
    desk.get_by_role("button", name="Ask a second editor", exact=True).click()
    let_the_time_pass()
    second = at_desk(browser, site, make_editor(group=STANDARDS_EDITOR))
    second.goto(address_of(case))
    press(second, "b")
    second.keyboard.type("Who counted?")
    press(second, "Control+Enter")
    expect(second.locator(".desk-undo")).to_contain_text("Sent back")
    let_the_time_pass()
    desk.goto(address_of(case))
    expect(desk.get_by_text("Who counted?").first).to_be_visible()
    second.context.close()


def test_who_comes_too_late_sees_both_versions_and_keeps_their_typing(desk: Page, article: Article) -> None:
    case = make_case(article)
    desk.goto(address_of(case))
    press(desk, "e")
    own = desk.get_by_label("Your wording of the passage")
    own.fill("be handed")
    desk.get_by_role("form", name="Decide").get_by_label("Kind of change").select_option("clarification")
    desk.get_by_role("form", name="Decide").get_by_label("Public note").fill("It is handed over.")
    make_revision(article, find="recieve", put="take")

    with desk.expect_response(lambda answer: answer.request.method == "POST") as sent:
        desk.get_by_role("button", name="Edit and publish").click()

    assert sent.value.status == 409
    alert = desk.get_by_role("alert")
    expect(alert).to_contain_text("Nothing was published")
    expect(alert.locator("del")).to_have_text("recieve")
    expect(alert.locator("ins")).to_have_text("take")
    expect(alert).to_contain_text("be handed")
    assert serious(desk) == []
    if not own.is_visible():
        press(desk, "e")
    own.fill("be handed")
    desk.get_by_role("button", name="Edit and publish").click()
    expect(desk.locator(".desk-undo")).to_contain_text("Published")
    let_the_time_pass()
    assert "will be handed the report on Tuesday" in current_revision(article).require_content().text


def test_several_cases_become_one_revision(desk: Page, article: Article) -> None:
    case, other = make_case(article), make_case(article, "closed", "shut", category="clarity")
    desk.goto(f"{address_of(case)}?article={article.slug}")
    focus_other(desk, other)
    press(desk, "x")
    press(desk, "t")
    together = desk.locator("form", has=desk.get_by_role("button", name="Publish together with this case"))
    together.get_by_label("Kind of change").select_option("clarification")
    together.get_by_label("Public note").fill("Two slips.")
    desk.get_by_role("button", name="Publish together with this case").click()
    expect(desk.locator(".desk-undo")).to_contain_text("Published (2 cases)")
    let_the_time_pass()
    assert (state_of(case), state_of(other), current_revision(article).number) == ("published", "published", 2)
    assert "receive the report" in current_revision(article).require_content().text
    assert "three are shut" in current_revision(article).require_content().text


def test_everything_of_one_sender_is_declined_at_once_and_undone_at_once(desk: Page, article: Article) -> None:
    sender = sender_hash(f"192.0.2.{next(_numbers)}")
    cases = [make_case(make_article(), "recieve", "gold") for _turn in range(2)]
    shared = make_case(article)
    make_case(article)
    Suggestion.objects.filter(case__in=cases).update(address_hash=sender)
    Suggestion.objects.filter(pk=shared.suggestions.earliest("received_at").pk).update(address_hash=sender)
    desk.goto(address_of(cases[0]))
    press(desk, "o")
    expect(desk.get_by_role("heading", name="Everything from this sender")).to_be_visible()
    expect(desk.get_by_role("checkbox")).to_have_count(2)
    assert serious(desk) == []
    press(desk, "s")
    expect(desk.locator(".desk-undo")).to_contain_text("Marked as spam (2 cases)")
    press(desk, "u")
    expect(desk.locator(".messagelist")).to_contain_text("Undone")
    assert {state_of(case) for case in cases} == {"open"}

    desk.goto(f"{LIST}{cases[0].pk}/sender/")
    desk.get_by_role("checkbox", name=str(cases[1].pk)).uncheck()
    press(desk, "d")
    desk.keyboard.type("We take no advertising.")
    press(desk, "Control+Enter")
    expect(desk.locator(".desk-undo")).to_contain_text("Declined")
    let_the_time_pass()
    assert [state_of(case) for case in (*cases, shared)] == ["declined", "open", "open"]


def test_a_question_is_asked_answered_and_brings_the_case_back(
    desk: Page, article: Article, browser: Browser, site: Site
) -> None:
    case = make_case(article)
    desk.goto(address_of(case))
    press(desk, "a")
    desk.keyboard.type("Which report do you mean?")
    press(desk, "Control+Enter")
    expect(desk.locator(".desk-undo")).to_contain_text("Asked the readers")
    let_the_time_pass()
    assert state_of(case) == "asked"

    reader = browser.new_context(base_url=site.url).new_page()
    reader.goto(f"/suggestions/{status_token(case.suggestions.get().pk)}/")
    expect(reader.get_by_text("Which report do you mean?")).to_be_visible()
    reader.get_by_label("Your answer").fill("The one of May.")
    reader.get_by_role("button", name="Send the answer").click()
    wait_until(lambda: state_of(case) == "open")
    reader.context.close()
    desk.goto(address_of(case))
    expect(desk.get_by_text("The one of May.")).to_be_visible()


def test_a_case_is_put_on_hold_and_that_is_undone(desk: Page, article: Article) -> None:
    case = make_case(article)
    desk.goto(address_of(case))
    press(desk, "h")
    desk.get_by_label("On hold until").fill(f"{timezone.localdate().replace(day=1):%Y}-12-31")
    desk.get_by_role("button", name="Hold").click()
    expect(desk.locator(".desk-undo")).to_contain_text("Put on hold")
    assert state_of(case) == "decided"
    desk.get_by_role("button", name="Undo").click()
    expect(desk.locator(".messagelist")).to_contain_text("Undone")
    assert state_of(case) == "open"


def test_every_form_of_a_case_passes_axe(desk: Page, article: Article) -> None:
    case, _other = make_case(article), make_case(article, "three", "four")
    make_case(article, note="It is so in the dictionary.")
    desk.goto(address_of(case))
    press(desk, "?")
    assert serious(desk) == []
    press(desk, "Escape")
    desk.evaluate("document.querySelectorAll('details').forEach((each) => { each.name = ''; each.open = true })")
    assert serious(desk) == []
    desk.get_by_role("button", name="Decline", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("Choose a reason or write one")
    assert serious(desk) == []


def test_an_export_shows_how_far_it_is_and_offers_the_file(page: Page, article: Article, site: Site) -> None:
    make_case(article)
    ferry = make_article(headline="Ferry")  # shorter than what stands beside it
    case, base = make_case(ferry, "three", "four"), current_revision(ferry)
    composed = compose(base, [Edit(case, "four")])
    publish_cases([case], by=make_editor(), base=base, composed=composed, kind=Kind.CLARIFICATION, note="As counted.")
    with_session(page, make_editor(group=DESK_CHIEF))
    page.goto(f"{LIST}numbers/")
    expect(page.locator(".numbers-articles a").first).to_be_visible()
    assert serious(page) == []
    page.get_by_role("link", name="Export as CSV").click()
    expect(page.get_by_text("The file is complete.")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the file").click()
    rows = saved.value.path().read_text(encoding="utf-8").splitlines()
    assert saved.value.suggested_filename.endswith(".csv")
    assert any(article.slug in row for row in rows)


def test_an_export_that_breaks_off_gives_no_file(page: Page, article: Article, site: Site) -> None:
    make_case(article)
    with_session(page, make_editor(group=DESK_CHIEF))
    page.goto(f"{LIST}numbers/")
    whole = page.request.get(f"{LIST}export.json")
    page.route(
        re.compile("export"), lambda route: route.fulfill(headers={"X-Rows": "9"}, body=whole.text()[:-20]), times=1
    )
    page.get_by_role("link", name="Export as JSON").click()
    expect(page.get_by_role("alert")).to_contain_text("did not arrive complete")
    expect(page.get_by_role("link", name="Save the file")).to_be_hidden()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The file is complete.")).to_be_visible()
