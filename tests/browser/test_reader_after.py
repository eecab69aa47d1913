"""After sending: what happens next, the private link, the next suggestion, and a list that the browser alone keeps."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, expect

from newsroom.models import Article
from tests.browser.axe import serious
from tests.browser.reader import dialog_on, marked, requests_of, sent, suggest, suggestions_on, wait_for_current
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.processes import Site
from tests.support.waiting import wait_until

BODY = (
    "<p>The ferry will <em>propably</em> sail on Sunday, weather permiting.</p>"
    "<p>The harbour is open to everybody at all hours.</p>"
)


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sial", body=BODY)


def test_the_thanks_say_what_comes_next_and_give_the_private_link(page: Page, article: Article) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=settings.SITE_URL)
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    address = sent(dialog)

    expect(dialog.get_by_role("heading", name="Thank you. Our editors have it.")).to_be_focused()
    expect(dialog).to_contain_text("An editor reads it beside the article and decides.")
    dialog.get_by_role("button", name="Copy the link").click()
    expect(dialog.locator("[data-copied]")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == settings.SITE_URL + address
    assert serious(page) == []
    dialog.get_by_role("button", name="Done").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.request.get(address).status == 200


def ask_for_thanks(dialog: Locator, name: str) -> None:
    dialog.locator("summary").click()
    dialog.get_by_label("Thank me by name").check()
    dialog.get_by_label("Your name").fill(name)


def test_suggest_another_keeps_the_name_for_the_session(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    ask_for_thanks(dialog, "Ada Lovelace")
    sent(dialog)

    dialog.get_by_role("button", name="Suggest another").click()
    page.locator("#picker-list label", has_text="The harbour is open").click()
    page.get_by_role("button", name="Continue").click()
    expect(dialog.locator("#suggestion-replacement")).to_have_value("The harbour is open to everybody at all hours.")
    # Kept for the session; but to be named is chosen anew each time.
    expect(dialog.locator("#suggestion-name")).to_have_value("Ada Lovelace")
    expect(dialog.locator("#suggestion-credit")).not_to_be_checked()
    dialog.locator("#suggestion-replacement").fill("The harbour is open to all at all hours.")
    sent(dialog)

    assert [(s.name, s.credit) for s in suggestions_on(article)] == [("Ada Lovelace", True), ("", False)]
    page.reload()
    expect(dialog_on(page, "permiting").locator("#suggestion-name")).to_have_value("Ada Lovelace")
    # The session of another tab is another.
    other = page.context.new_page()
    other.goto(article.get_absolute_url())
    expect(dialog_on(other, "permiting").locator("#suggestion-name")).to_have_value("")


def test_a_reader_without_a_name_stays_unnamed(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    suggest(page, "propably", "probably")

    [suggestion] = suggestions_on(article)
    assert (suggestion.name, suggestion.credit) == ("", False)


def test_what_was_sent_from_here_is_listed_and_marked(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    expect(page.locator("[data-own]")).to_be_hidden()
    first = suggest(page, "propably", "probably")
    second = suggest(page, "sial", "sail")

    for _visit in range(2):
        items = page.locator("[data-own] li")
        expect(items).to_have_count(2)
        expect(items.nth(0)).to_contain_text("sial")
        expect(items.nth(1)).to_contain_text("propably")
        expect(items.nth(0).get_by_role("link", name="Your private page")).to_have_attribute("href", second)
        assert sorted(marked(page, "own-old")) == ["propably", "sial"]
        assert serious(page) == []
        page.reload()

    page.locator("[data-own] li").nth(1).get_by_role("link", name="propably").click()
    page.wait_for_function("() => CSS.highlights.has('spot')")
    assert marked(page, "spot") == ["propably"]
    page.locator("[data-own] li").nth(1).get_by_role("link", name="Your private page").click()
    page.wait_for_url(f"**{first}")


def test_the_list_is_of_this_article_and_of_this_browser(page: Page, browser: Browser, article: Article) -> None:
    page.goto(article.get_absolute_url())
    suggest(page, "propably", "probably")

    other = make_article(body=BODY)
    page.goto(other.get_absolute_url())
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-own]")).to_be_hidden()
    stranger = browser.new_context(base_url=settings.SITE_URL).new_page()
    stranger.goto(article.get_absolute_url())
    stranger.wait_for_load_state("networkidle")
    expect(stranger.locator("[data-own]")).to_be_hidden()
    stranger.context.close()


def test_the_server_is_asked_only_when_the_reader_asks(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    address = suggest(page, "propably", "probably")
    token = address.split("/")[2]
    wait_until(lambda: suggestions_on(article)[0].case is not None)

    with requests_of(page) as requests:
        page.reload()
        expect(page.locator("[data-own] li")).to_have_count(1)
        page.wait_for_load_state("networkidle")
        assert not [request.url for request in requests if token in request.url or token in (request.post_data or "")]
        page.get_by_role("button", name="Check status").click()
        expect(page.locator("[data-own] [data-state]")).to_have_text("Your suggestion is with the editors")
        assert [request.method for request in requests if token in request.url] == ["GET"]


def test_the_browser_forgets_when_told(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    suggest(page, "propably", "probably")
    page.get_by_role("button", name="Forget everything").click()

    expect(page.locator("[data-own]")).to_be_hidden()
    expect(page.locator("[data-toast]")).to_contain_text("has forgotten")
    expect(page.get_by_role("link", name="Tell us here")).to_be_focused()
    assert marked(page) == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_draft_alone_can_be_forgotten_and_ends_by_itself(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    dialog.locator("#suggestion-replacement").fill("prob")
    page.reload()
    own = page.locator("[data-own]")
    expect(own.locator("li")).to_contain_text("A draft, not sent")
    expect(own.get_by_role("button", name="Check status")).to_be_hidden()
    # A paragraph put in above moves the words, not the draft.
    make_revision(article, find="<p>The ferry", put="<p>New today.</p><p>The ferry")
    wait_for_current(page, article)
    page.reload()
    expect(dialog_on(page, "propably").locator("#suggestion-replacement")).to_have_value("prob")
    page.keyboard.press("Escape")
    page.evaluate("""() => {
      const [name] = Object.keys(localStorage);
      localStorage[name] = localStorage[name].replace(/"at":\\d+/, `"at":${Date.now() - 31 * 86400000}`);
    }""")
    page.reload()
    expect(own).to_be_hidden()
    wait_until(lambda: page.evaluate("Object.keys(localStorage)") == [])

    dialog_on(page, "propably").locator("#suggestion-replacement").fill("probab")
    page.reload()
    own.get_by_role("button", name="Forget everything").click()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_second_tab_does_not_offer_what_was_sent(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    dialog.locator("#suggestion-replacement").fill("probab")
    page.keyboard.press("Escape")
    second = page.context.new_page()
    second.goto(article.get_absolute_url())
    suggest(second, "propably", "probably")
    page.bring_to_front()
    expect(dialog_on(page, "propably").locator("#suggestion-replacement")).to_have_value("propably")


def test_the_suggested_words_stand_in_the_article_until_they_are_its_own(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    address = suggest(page, "propably", "probably")
    page.keyboard.press("Escape")
    page.reload()
    change = page.locator(".prose .own-change")
    expect(change).to_have_text("You suggested: probably")
    assert marked(page, "own-old") == ["propably"]
    # Its words are no text of the article: what is marked behind it stands where it stood.
    assert suggest(page, "permiting", "permitting")
    assert suggestions_on(article)[1].exact == "permiting"
    assert suggestions_on(article)[1].start == current_revision(article).require_content().text.index("permiting")
    page.keyboard.press("Escape")
    change.first.click()
    page.wait_for_url(f"**{address}")

    make_revision(article, find="propably", put="probably")
    wait_for_current(page, article)
    page.goto(article.get_absolute_url())
    expect(page.locator("[data-own] li", has_text="propably")).to_contain_text("Corrected thanks to you")
    expect(page.locator(".own-change")).to_have_text(["You suggested: permitting"])


def test_words_that_were_changed_since_are_listed_and_not_marked(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    suggest(page, "propably", "probably")
    make_revision(article, find="propably", put="certainly")
    make_revision(article, find="<p>The ferry", put="<p>Nobody knows. The ferry")
    wait_for_current(page, article)
    page.reload()
    suggest(page, "permiting", "permitting")
    expect(page.locator("[data-own] li")).to_have_count(2)
    assert marked(page, "own-old") == ["permiting"]


def test_without_highlights_the_words_are_marked_by_elements(page: Page, article: Article) -> None:
    page.add_init_script("delete CSS.highlights; delete Object.getPrototypeOf(CSS).highlights")
    page.goto(article.get_absolute_url())
    suggest(page, "propably", "probably")

    assert page.evaluate("'highlights' in CSS") is False
    assert marked(page, "own-old") == ["propably"]
    # The marks are no part of the text: the next passage stands where it stood.
    suggest(page, "permiting", "permitting")
    latest = suggestions_on(article)[-1]
    assert latest.read_in.require_content().text[latest.start : latest.end] == "permiting"
