"""Before sending: what others reported, what was decided, and how the passage reads by now."""

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article, Kind
from tests.browser.axe import serious
from tests.browser.reader import MARK, dialog_on, send, sent, suggest, suggestions_on, wait_for_current
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Site
from tests.support.waiting import wait_until

BODY = (
    "<p>The ferry will <em>propably</em> sail on Sunday, weather permiting.</p>"
    "<p>The harbour is open to everybody at all hours.</p>"
)
KNOWN = "dialog[open] [data-known]"


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", body=BODY)


def test_an_open_case_is_told_without_the_words_of_others(page: Page, article: Article) -> None:
    for _reader in range(4):
        make_case(article, "propably", "zanzibar", note="Quokka.", name="Ada")
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")

    expect(page.locator(KNOWN)).to_contain_text("4 readers have reported this. An editor will look at it.")
    expect(page.locator(KNOWN)).to_have_attribute("role", "status")
    assert not any(word in page.content() for word in ("zanzibar", "Quokka", "Ada"))
    assert serious(page) == []
    expect(dialog.locator("#suggestion-replacement")).to_be_focused()


def test_a_voice_is_added_by_one_press(page: Page, article: Article) -> None:
    case = make_case(article, "propably", "probably")
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "The ferry will ")
    expect(page.locator(KNOWN)).to_be_empty()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    # A dialog that was just closed gives its place back in a task of its own.
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-field=body] p'))")
    page.keyboard.press("Control+Enter")
    expect(page.locator(KNOWN)).to_contain_text("Another reader has reported this. An editor will look at it.")
    dialog.get_by_role("button", name="I noticed this too").click()
    expect(dialog.locator("[data-link]")).to_be_visible()

    wait_until(lambda: suggestions_on(article)[-1].case is not None)
    voice = suggestions_on(article)[-1]
    assert (voice.case, voice.exact, voice.replacement, voice.note) == (case, "propably", None, "I noticed this too.")
    case.refresh_from_db()
    assert case.readers == 2


def test_a_different_wording_joins_the_case_too(page: Page, article: Article) -> None:
    case = make_case(article, "propably", "probably")
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    expect(page.locator(KNOWN).get_by_role("button", name="I noticed this too")).to_be_visible()
    dialog.locator("#suggestion-replacement").fill("likely")
    sent(dialog)

    wait_until(lambda: suggestions_on(article)[-1].case is not None)
    assert [(s.case, s.replacement) for s in suggestions_on(article)] == [(case, "probably"), (case, "likely")]


def test_what_was_declined_is_told_with_its_reason(page: Page, article: Article) -> None:
    case = make_case(article, "everybody", "everyone")
    decline_case(case, by=make_editor(), reason="Both are right.")
    page.goto(article.get_absolute_url())
    dialog_on(page, "everybody")

    expect(page.locator(KNOWN)).to_contain_text("left it as it is.")
    expect(page.locator(KNOWN)).to_contain_text("Both are right.")
    expect(page.locator(KNOWN).get_by_role("button")).to_be_hidden()
    assert serious(page) == []


def publish(article: Article, words: str, wording: str, *, note: str = "") -> None:
    base = current_revision(article)
    case = make_case(article, words, wording)
    composed = compose(base, [Edit(case, wording)])
    publish_cases([case], by=make_editor(), base=base, composed=composed, kind=Kind.CLARIFICATION, note=note)


def test_what_was_corrected_is_told_with_its_note(page: Page, article: Article) -> None:
    publish(article, "everybody", "all ships", note="“everybody” means “all ships”.")
    page.goto(article.get_absolute_url())
    dialog_on(page, "all ships")

    expect(page.locator(KNOWN)).to_contain_text("This was put right on")
    expect(page.locator(KNOWN)).to_contain_text("“everybody” means “all ships”.")
    assert serious(page) == []
    page.locator(KNOWN).get_by_role("link", name="See the change").click()
    shown = page.get_by_role("region", name="Text").get_by_role("insertion")
    expect(shown.filter(visible=True)).to_have_text("all ships")


def test_a_page_that_is_out_of_date_shows_the_current_words(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    publish(article, "everybody", "all ships", note="“everybody” means “all ships”.")
    dialog = dialog_on(page, "everybody")

    expect(page.locator(KNOWN)).to_contain_text("was changed after you opened this page")
    expect(page.locator(KNOWN).locator("mark")).to_have_text("all ships")
    expect(page.locator(KNOWN)).to_contain_text("“everybody” means “all ships”.")
    assert serious(page) == []
    page.get_by_role("button", name="Go on with these words").click()
    expect(dialog.locator("#suggestion-replacement")).to_have_value("all ships")
    expect(dialog.locator("#suggestion-replacement")).to_be_focused()
    dialog.locator("#suggestion-replacement").fill("all boats")
    sent(dialog)

    wait_until(lambda: suggestions_on(article)[-1].case is not None)
    latest = suggestions_on(article)[-1]
    assert (latest.read_in.number, latest.exact, latest.replacement) == (2, "all ships", "all boats")
    assert latest.case is not None
    assert latest.case.anchor == "exact"


def test_words_that_only_moved_are_no_news(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    case = make_case(article, "everybody", "everyone")
    make_revision(article, find="<p>The ferry", put="<p>It is official. The ferry")
    reanchor_article(article)
    dialog = dialog_on(page, "everybody")

    expect(page.locator(KNOWN)).to_contain_text("Another reader has reported this")
    expect(page.locator(KNOWN)).not_to_contain_text("you opened this page")
    dialog.get_by_role("button", name="I noticed this too").click()
    expect(dialog.locator("[data-link]")).to_be_visible()
    wait_until(lambda: suggestions_on(article)[-1].case == case)


def test_words_that_are_gone_are_said_to_be(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    make_revision(
        article, find="<p>The harbour is open to everybody at all hours.</p>", put="<p>Tickets are cheap.</p>"
    )
    dialog_on(page, "The harbour is open to everybody at all hours.")

    expect(page.locator(KNOWN)).to_contain_text("is no longer in it")
    wait_for_current(page, article)
    page.get_by_role("link", name="Read the article as it is now").click()
    expect(page.locator("[data-field=body]")).to_contain_text("Tickets are cheap.")


def test_whoever_sends_the_same_again_is_told_that_it_is_there(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    address = suggest(page, "propably", "probably")
    wait_until(lambda: suggestions_on(article)[0].case is not None)
    dialog_on(page, "propably")

    expect(page.locator(KNOWN)).to_contain_text("You have told us about these words from this browser.")
    expect(page.locator(KNOWN).get_by_role("link", name="See where it stands")).to_have_attribute("href", address)
    expect(page.get_by_role("button", name="I noticed this too")).to_be_hidden()
    expect(page.locator(KNOWN)).not_to_contain_text("Another reader")


def test_nothing_is_in_the_way_where_nothing_is_known(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    with page.expect_response("**/passage?**") as answer:
        dialog_on(page, "Sunday")
    assert answer.value.json()["reports"] == []
    expect(page.locator(KNOWN)).to_be_empty()


def test_the_keys_that_are_not_ours_are_left_alone(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    panel = page.locator("dialog[open]")
    page.evaluate(MARK, "propably")
    for keys in ("Control+Shift+Enter", "Control+Alt+Enter"):
        page.keyboard.press(keys)
    page.evaluate("""() => {
      const press = (more) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true, ...more }));
      press({ isComposing: true });
      const ours = (event) => event.preventDefault();
      document.addEventListener("keydown", ours);
      press({});
      document.removeEventListener("keydown", ours);
    }""")
    with page.context.expect_page():  # a tab of the browser's own
        page.locator(".masthead-name").focus()
        page.keyboard.press("Control+Enter")
    page.evaluate("""() => document.body.append(
      Object.assign(document.createElement("p"), { id: "own-field", contentEditable: "true", textContent: "Mine" }))""")
    page.locator("#own-field").focus()
    page.keyboard.press("Control+Enter")
    expect(panel).to_have_count(0)
    page.evaluate("document.querySelector('#own-field').blur()")
    page.evaluate(MARK, "propably")
    page.keyboard.press("Control+Enter")
    expect(panel).to_be_visible()


def test_a_picture_is_chosen_from_the_list_and_reported(page: Page, site: Site) -> None:
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    Image.new("RGB", (8, 4)).save(settings.MEDIA_ROOT / "kelp.webp")  # the front page may lead with it
    pictured = make_article(
        body="<p>The ferry sails.</p>"
        '<figure><img src="/media/kelp.webp" alt="Kelp" width="8" height="4"><figcaption>The bay</figcaption></figure>'
        "<table><tbody><tr><td>412</td></tr></tbody></table>"
    )
    make_revision(pictured, kind=Kind.CLARIFICATION, find="sails", put="leaves", note="“sails” is “leaves” now.")
    page.goto(pictured.get_absolute_url())
    page.get_by_role("link", name="Tell us here").click()
    options = page.locator("#picker-list label:visible")
    expect(options.filter(has_text="Picture: Kelp")).to_have_count(1)
    expect(options.filter(has_text="Notice: “sails” is “leaves” now.")).to_have_count(1)
    page.get_by_label("Find a sentence by its words").fill("table 412")
    expect(options).to_have_text(["Table: 412"])
    page.get_by_label("Find a sentence by its words").fill("")
    options.filter(has_text="Picture: Kelp").click()
    page.get_by_role("button", name="Continue").click()
    dialog = page.locator("dialog.suggestion[open]")
    expect(dialog).to_contain_text("Picture: Kelp")
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("Say in a few words what is wrong.")
    assert serious(page) == []
    dialog.locator("#suggestion-note").fill("This is eelgrass.")
    address = sent(dialog)
    dialog.get_by_role("button", name="Done").click()
    expect(page.locator("[data-own] li")).to_contain_text("Picture: Kelp")
    page.goto(address)
    expect(page.get_by_text("You wrote about a picture in the article.")).to_be_visible()
    [suggestion] = suggestions_on(pictured)
    assert (suggestion.about_element, suggestion.about_index, suggestion.read_in.number) == ("picture", 0, 2)
    assert serious(page) == []
