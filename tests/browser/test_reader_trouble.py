"""Trouble: no line, a slow desk, a page that is a day old, a browser that keeps nothing, a page in translation."""

import re
import time

import pytest
from django.core import signing
from playwright.sync_api import Locator, Page, Route, expect

from corrections.abuse.form_timestamps import SALT
from newsroom.models import Article, Kind
from newsroom.publishing.publish import publish_revision
from tests.browser.axe import serious
from tests.browser.reader import MARK, dialog_on, marked, send, sent, suggest, suggestions_on
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Site
from tests.support.waiting import wait_until

BODY = (
    "<p>The ferry will <em>propably</em> sail on Sunday, weather permiting.</p>"
    "<p>The harbour is open to everybody at all hours.</p>"
)
SUGGESTIONS = re.compile("/api/suggestions$")
TRANSLATED = """() => {
  const words = {The: "Die", ferry: "Fähre", will: "wird", propably: "vielleich", sail: "fahren", Sunday: "Sonntag"};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  for (const text of texts) {
    const outer = document.createElement("font");
    const inner = document.createElement("font");
    outer.style.verticalAlign = inner.style.verticalAlign = "inherit";
    inner.textContent = text.data.replace(/\\p{L}+/gu, (word) => words[word] ?? word);
    outer.append(inner);
    text.replaceWith(outer);
  }
  document.documentElement.lang = "de";
  document.documentElement.className = "translated-ltr";
}"""


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", body=BODY)


def filled(page: Page, words: str = "propably", wording: str = "probably") -> Locator:
    dialog = dialog_on(page, words)
    dialog.locator("#suggestion-replacement").fill(wording)
    return dialog


def stranded(page: Page, article: Article) -> Locator:
    """The dialog after the button was pressed and the line was down."""
    page.goto(article.get_absolute_url())
    dialog = filled(page)
    page.context.set_offline(True)
    send(dialog)
    expect(dialog.locator("[data-notice]")).to_contain_text("has not reached us yet")
    return dialog


# No line --------------------------------------------------------------------------------------------------------------
def test_offline_the_text_is_kept_and_sent_when_the_line_is_back(page: Page, article: Article) -> None:
    dialog = stranded(page, article)
    expect(dialog.locator("[data-notice]")).to_contain_text("sent when you are online")
    expect(dialog.get_by_role("button", name="Try again now")).to_be_visible()
    expect(dialog.locator("#suggestion-replacement")).to_have_value("probably")
    assert suggestions_on(article) == []

    page.context.set_offline(False)
    expect(dialog.locator("[data-link]")).to_be_visible()
    assert [s.replacement for s in suggestions_on(article)] == ["probably"]


def test_a_failed_request_is_tried_again_by_itself_under_the_same_key(page: Page, article: Article) -> None:
    keys: list[str] = []

    def refuse_once(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        # The desk stores the first and its answer is lost on the way.
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(SUGGESTIONS, refuse_once)
    page.goto(article.get_absolute_url())
    dialog = filled(page)
    send(dialog)
    expect(dialog.locator("[data-notice]")).to_contain_text("has not reached us yet")
    expect(dialog.locator("[data-link]")).to_be_visible()

    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert len(suggestions_on(article)) == 1


def test_a_page_opened_again_sends_what_was_left(page: Page, article: Article) -> None:
    # This page never gets it through; by itself it would try again at any moment.
    here = article.get_absolute_url()

    def lose(route: Route) -> None:
        if route.request.headers.get("referer", "").endswith(here):
            route.abort()
        else:
            route.continue_()

    page.goto(here)
    dialog = filled(page)
    page.route(SUGGESTIONS, lose)
    send(dialog)
    expect(dialog.locator("[data-notice]")).to_contain_text("has not reached us yet")

    with page.expect_event("requestfailed"):
        page.reload()
    expect(page.locator("[data-own] li")).to_contain_text("Not sent yet")
    # Another article of the site will do.
    page.goto(make_article(body=BODY).get_absolute_url())
    expect(page.locator("[data-toast]")).to_contain_text("Our editors have your suggestion")
    assert [s.replacement for s in suggestions_on(article)] == ["probably"]
    page.goto(article.get_absolute_url())
    expect(page.locator("[data-own] li")).to_have_count(1)
    expect(page.locator("[data-own]").get_by_role("link", name="Your private page")).to_be_visible()
    assert len(suggestions_on(article)) == 1


def test_two_pages_send_it_at_the_same_time_under_one_key(page: Page, article: Article) -> None:
    dialog = stranded(page, article)
    held: list[Route] = []
    page.context.route(SUGGESTIONS, lambda route: held.append(route))
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto(article.get_absolute_url())
    for _tenth in range(200):
        if len(held) < 2:
            page.wait_for_timeout(100)
    first, second = (route.request.headers["idempotency-key"] for route in held)
    assert first == second
    for route in held:
        route.continue_()

    expect(dialog.locator("[data-link]")).to_be_visible()
    expect(other.locator("[data-own]").get_by_role("link", name="Your private page")).to_be_visible()
    assert len(suggestions_on(article)) == 1


def test_whoever_goes_on_writing_sends_when_they_are_done(page: Page, article: Article) -> None:
    dialog = stranded(page, article)
    dialog.locator("#suggestion-replacement").fill("proba")
    page.context.set_offline(False)
    page.wait_for_timeout(6000)
    assert suggestions_on(article) == []

    dialog.locator("#suggestion-replacement").fill("most probably")
    sent(dialog)
    assert [s.replacement for s in suggestions_on(article)] == ["most probably"]


def test_whoever_closed_the_dialog_meanwhile_is_told_on_the_page(page: Page, article: Article) -> None:
    stranded(page, article)
    page.keyboard.press("Escape")
    expect(page.locator("[data-toast]")).to_contain_text("sent when you are online")
    page.context.set_offline(False)

    expect(page.locator("[data-toast]")).to_contain_text("Our editors have your suggestion")
    expect(page.locator("[data-own] li")).to_contain_text("propably")
    assert marked(page, "own-old") == ["propably"]
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("refusal", [None, "This site has no such kind."])
def test_what_goes_wrong_behind_a_closed_dialog_is_told_on_the_page(
    page: Page, article: Article, refusal: str | None
) -> None:
    held: list[Route] = []
    page.route(SUGGESTIONS, lambda route: held.append(route))
    page.goto(article.get_absolute_url())
    send(filled(page))
    page.keyboard.press("Escape")
    expect(page.locator("[data-toast]")).to_contain_text("Sending")
    [route] = held
    if refusal:
        route.fulfill(status=422, json={"errors": {"category": [refusal]}})
        expect(page.locator("[data-own] li")).to_contain_text(refusal)
        expect(page.locator("[data-toast]")).to_be_empty()
    else:
        route.abort()
        expect(page.locator("[data-toast]")).to_contain_text("has not reached us yet")


def test_what_is_said_stays_while_a_mark_that_came_back_gets_its_button(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    page.evaluate("""() => new Promise((said) => {
        document.addEventListener("selectionchange", () => {
            document.querySelector("[data-toast]").textContent = "Said.";
            said();
        }, { once: true });
        getSelection().selectAllChildren(document.querySelector("article em"));
    })""")
    expect(page.locator(".suggestion-button")).to_be_visible()
    expect(page.locator("[data-toast]")).to_have_text("Said.")


def test_a_busy_desk_is_waited_for(page: Page, article: Article) -> None:
    answers = iter([True, False])

    def busy_once(route: Route) -> None:
        if next(answers):
            body = '{"errors": {"_": ["Many suggestions came."]}}'
            headers = {"Retry-After": "2", "Content-Type": "application/json"}
            route.fulfill(status=429, body=body, headers=headers)
        else:
            route.continue_()

    page.route(SUGGESTIONS, busy_once)
    page.goto(article.get_absolute_url())
    dialog = filled(page)
    send(dialog)
    expect(dialog.locator("[data-notice]")).to_contain_text("2 seconds")
    expect(dialog.locator("[data-link]")).to_be_visible()
    assert len(suggestions_on(article)) == 1


# A page that is a day old ---------------------------------------------------------------------------------------------
def test_a_form_that_was_open_for_a_day_sends(page: Page, article: Article) -> None:
    stamp = signing.dumps(int(time.time()) - 24 * 60 * 60, salt=SALT)
    page.route("**/api/suggestions/stamp", lambda route: route.fulfill(json={"stamp": stamp, "puzzle": None}))
    page.clock.install()
    page.goto(article.get_absolute_url())
    dialog = filled(page, "permiting", "permitting")
    page.clock.fast_forward("24:00:00")
    make_revision(article, find="<p>The ferry", put="<p>It is official. The ferry")
    sent(dialog)

    wait_until(lambda: suggestions_on(article)[0].case is not None)
    [suggestion] = suggestions_on(article)
    assert (suggestion.read_in.number, suggestion.is_stamped) == (1, True)
    assert suggestion.case is not None
    assert (suggestion.case.anchor, suggestion.case.anchored_in.number) == ("moved", 2)


def test_an_article_that_was_retracted_meanwhile_takes_nothing_and_says_so(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    dialog = filled(page)
    note, chiefs = "We no longer stand by it.", [make_editor(group="Standards editor") for _editor in range(2)]
    base = current_revision(article)
    publish_revision(
        article,
        base=base,
        by=chiefs[0],
        kind=Kind.RETRACTION,
        wording=base.require_content().wording,
        note=note,
        approved_by=chiefs[1],
    )
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("was retracted")
    expect(dialog.locator("[data-summary]")).to_be_focused()
    expect(dialog.locator("#suggestion-replacement")).to_have_value("probably")
    page.keyboard.press("Escape")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)
    assert suggestions_on(article) == []


def test_scripts_that_an_upgrade_took_away_leave_the_plain_form(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    page.route(re.compile(r"/static/reader/dialog\."), lambda route: route.fulfill(status=404))
    make_revision(article, find="propably", put="perhaps")
    page.evaluate(MARK, "propably")
    page.keyboard.press("Control+Enter")
    link = page.locator("[data-toast]").get_by_role("link", name="use the plain form")
    expect(link).to_be_visible()
    link.click()

    page.wait_for_url("**/suggest/**")
    expect(page.locator("#suggestion-exact")).to_have_value("propably")
    page.locator("#suggestion-replacement").fill("probably")
    expect(page.locator(".suggestion-known")).to_contain_text("The passage now reads:")
    assert serious(page) == []
    page.locator("button.suggestion-send").click()
    page.wait_for_url("**/suggestions/**")
    [suggestion] = suggestions_on(article)
    assert (suggestion.read_in.number, suggestion.exact, suggestion.replacement) == (1, "propably", "probably")


def test_thanks_that_an_upgrade_took_away_are_given_by_the_private_page(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    page.route(re.compile(r"/static/reader/thanks\."), lambda route: route.fulfill(status=404))
    send(filled(page))

    page.wait_for_url("**/suggestions/**")
    expect(page.get_by_role("heading", name="What you sent")).to_be_visible()
    page.goto(article.get_absolute_url())
    expect(page.locator("[data-own] li")).to_have_count(1)


# A browser that keeps nothing -----------------------------------------------------------------------------------------
def test_with_blocked_storage_it_works(page: Page, article: Article) -> None:
    page.add_init_script("""
        for (const name of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
        }
    """)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(article.get_absolute_url())
    dialog = filled(page)
    dialog.locator("summary").click()
    dialog.locator("#suggestion-credit").check()
    dialog.locator("#suggestion-name").fill("Ada")
    page.context.set_offline(True)
    send(dialog)
    expect(dialog.locator("[data-notice]")).to_contain_text("has not reached us yet")
    page.keyboard.press("Escape")
    expect(dialog_on(page, "propably").locator("#suggestion-replacement")).to_have_value("probably")
    page.context.set_offline(False)
    expect(dialog.locator("[data-link]")).to_be_visible()
    dialog.locator("[data-done]").click()

    expect(page.locator("[data-own] li")).to_have_count(1)
    assert marked(page, "own-old") == ["propably"]
    expect(dialog_on(page, "permiting").locator("#suggestion-name")).to_have_value("Ada")
    assert len(suggestions_on(article)) == 1
    assert complaints == []


# A page in translation ------------------------------------------------------------------------------------------------
def test_from_a_translated_page_it_arrives_without_a_place(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    page.evaluate(TRANSLATED)
    page.wait_for_timeout(200)
    suggest(page, "vielleich", "vielleicht")

    wait_until(lambda: suggestions_on(article)[0].case is not None)
    [suggestion] = suggestions_on(article)
    assert (suggestion.field, suggestion.exact, suggestion.replacement) == ("body", "vielleich", "vielleicht")
    assert suggestion.case is not None
    assert (suggestion.case.anchor, suggestion.case.start) == ("unplaced", None)
    assert marked(page, "own-old") == ["vielleich"]


def test_a_translated_page_is_told_nothing_about_other_words(page: Page, article: Article) -> None:
    # Where the translation has "vielleich", the article has "y propably".
    make_case(article, "propably", "probably")
    page.goto(article.get_absolute_url())
    page.evaluate(TRANSLATED)
    with page.expect_response("**/passage?**") as answer:
        dialog_on(page, "vielleich")
    assert answer.value.json()["reports"]
    expect(page.locator("dialog[open] [data-known]")).to_contain_text("Has your browser translated this page?")
    expect(page.locator("dialog[open] [data-known]")).not_to_contain_text("reported")
