"""The dialog at one glance: beside the article or as a sheet, open at once, each act of its own, and what follows."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, Route, expect

from newsroom.models import Article
from tests.browser.axe import serious
from tests.browser.reader import MARK, dialog_on, marked, requests_of, send, sent, suggest, suggestions_on
from tests.browser.test_reader_trouble import TRANSLATED
from tests.support.factories import make_article
from tests.support.processes import Site
from tests.support.waiting import wait_until

BODY = "".join(f"<p>Paragraph {number} is about the quay.</p>" for number in range(12)) + (
    "<p>The ferry will propably sail on Sunday.</p>" + "<p>The harbour is open at all hours.</p>" * 8
)
STATIC = re.compile("/static/")
WITHOUT_HIGHLIGHTS = "delete CSS.highlights; delete Object.getPrototypeOf(CSS).highlights"
# Browsers that are older than an API which we use where it is there.
SPARED = [
    "delete AbortSignal.timeout",
    "delete AbortSignal.any",
    "delete Crypto.prototype.randomUUID",
    "delete window.structuredClone",
    "delete Intl.Segmenter",
    WITHOUT_HIGHLIGHTS,
    "delete Object.hasOwn",
    "delete Object.groupBy",
    "delete Promise.withResolvers",
    "delete Navigator.prototype.userAgentData",
    "Object.defineProperty(window, 'visualViewport', { value: undefined })",
    "delete Array.prototype.toSorted",
    "delete String.prototype.isWellFormed",
    "delete Element.prototype.checkVisibility",
    "delete HTMLElement.prototype.showPopover",
    "delete Navigator.prototype.clipboard",
]
# Without these the words go to the plain form.
NEEDED = [
    "const supports = CSS.supports; CSS.supports = (...asked) => !/light-dark/.test(asked) && supports(...asked)",
    "delete HTMLDialogElement.prototype.show; delete HTMLDialogElement.prototype.close",
    "delete Array.prototype.findLast",
    "delete Array.prototype.at",
    "delete window.CSSStyleSheet",
]


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", body=BODY)


@pytest.fixture
def phone(browser: Browser, playwright: Playwright, site: Site) -> Iterator[Page]:
    device = playwright.devices["Pixel 7"] | {"viewport": {"width": 390, "height": 844}}
    context = browser.new_context(**device, base_url=site.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def wide(page: Page, article: Article) -> Page:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(article.get_absolute_url())
    return page


def box_of(element: Locator) -> dict[str, float]:
    box = element.bounding_box()
    assert box is not None
    return {"left": box["x"], "top": box["y"], "right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


LOADED = "() => !!document.querySelector('suggestion-dialog')?.suggest"
PASSAGE = "() => [...CSS.highlights.get('passage')][0].getBoundingClientRect().toJSON()"


# Beside the article ---------------------------------------------------------------------------------------------------
def test_a_wide_screen_shows_it_beside_the_article(wide: Page) -> None:
    dialog = dialog_on(wide, "propably")
    panel, text = box_of(dialog), box_of(wide.locator("[data-field=body]"))
    assert panel["bottom"] - panel["top"] <= 520
    assert text["right"] <= panel["left"]
    assert panel["right"] <= 1280
    place = wide.evaluate(PASSAGE)
    assert 0 <= place["top"] <= place["bottom"] <= 800
    assert not wide.evaluate("document.querySelector('dialog[open]').matches(':modal')")
    before = wide.evaluate("scrollY")
    wide.mouse.move(300, 400)
    wide.mouse.wheel(0, -300)
    wide.wait_for_function("(before) => scrollY < before", arg=before)


def test_it_is_seen_at_one_glance_in_every_language(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    for language in ("ar", "de", "es", "fr", "uk"):
        page.goto(make_article(language=language, body="<p>Ferry propably sails on Sunday.</p>").get_absolute_url())
        dialog = dialog_on(page, "propably")
        box = box_of(dialog)
        assert box["bottom"] - box["top"] <= 520, language
        assert len({round(box_of(chip)["top"]) for chip in dialog.locator("[name=category]").all()}) == 1, language


def test_only_escape_and_the_cross_close_it(wide: Page) -> None:
    dialog = dialog_on(wide, "propably")
    wide.mouse.click(300, 400)
    wide.locator("h1").click()
    expect(dialog).to_be_visible()
    wide.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    wait_until(lambda: marked(wide, "passage") == [])
    dialog = dialog_on(wide, "propably")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    wide.wait_for_function("() => String(getSelection()) === 'propably'")


def test_other_words_may_be_selected_beside_it_and_the_first_are_kept(wide: Page) -> None:
    dialog_on(wide, "propably").locator("#suggestion-replacement").fill("probably")
    wide.locator("h1").click()
    dialog = dialog_on(wide, "Sunday")
    expect(dialog.locator("#suggestion-replacement")).to_have_value("Sunday")
    wide.locator("h1").click()
    expect(dialog_on(wide, "propably").locator("#suggestion-replacement")).to_have_value("probably")
    wide.keyboard.press("Escape")
    wide.wait_for_function("() => String(getSelection()) === 'propably'")


def test_from_right_to_left_it_stands_on_the_left(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(make_article(language="ar", body="<p>ستبحر العبّارة يوم الاحد.</p>").get_absolute_url())
    panel, text = box_of(dialog_on(page, "الاحد")), box_of(page.locator("[data-field=body]"))
    assert 0 <= panel["left"] < panel["right"] <= text["left"]


def test_without_highlights_the_passage_is_marked_by_an_element_that_is_no_text(page: Page, article: Article) -> None:
    page.add_init_script(WITHOUT_HIGHLIGHTS)
    page.goto(article.get_absolute_url())
    dialog = dialog_on(page, "propably")
    expect(page.locator("article mark.passage")).to_have_text("propably")
    page.keyboard.press("Escape")
    expect(page.locator("article mark.passage")).to_have_count(0)
    page.wait_for_function("() => String(getSelection()) === 'propably'")
    suggest(page, "Sunday", "Monday")
    [stored] = suggestions_on(article)
    assert stored.read_in.require_content().text[stored.start : stored.end] == "Sunday"
    expect(dialog).to_have_count(0)


# On a phone -----------------------------------------------------------------------------------------------------------
def test_a_phone_shows_a_sheet_under_the_passage_without_scrolling(phone: Page, article: Article) -> None:
    phone.goto(article.get_absolute_url())
    dialog = dialog_on(phone, "propably")
    sheet, place = box_of(dialog), phone.evaluate(PASSAGE)
    assert sheet["bottom"] == pytest.approx(844, abs=1)
    assert 0 <= place["top"] <= place["bottom"] <= sheet["top"]
    assert dialog.evaluate("(sheet) => sheet.scrollHeight <= sheet.clientHeight")
    rows = {round(box_of(chip)["top"]) for chip in dialog.locator("[name=category]").all()}
    assert len(rows) == 2
    assert phone.locator(".suggestion-button").is_hidden()


def test_a_phone_is_told_of_no_keys(phone: Page, page: Page, article: Article) -> None:
    for each, shown in ((phone, False), (page, True)):
        each.goto(article.get_absolute_url())
        assert each.locator("kbd").first.is_visible() is shown
        expect(each.locator("[data-invitation] p").first).to_contain_text("select the words in the text")


def test_the_button_is_as_wide_as_its_words_wherever_the_selection_ends(phone: Page, site: Site) -> None:
    phone.goto(make_article(body="<p>A line that goes on to the very edge of the screen</p>").get_absolute_url())
    widths = set()
    for words in ("A line", "very edge", "screen"):
        phone.evaluate(MARK, words)
        button = phone.locator(".suggestion-button")
        expect(button).to_be_visible()
        box = box_of(button)
        assert 0 <= box["left"] < box["right"] <= 390
        widths.add(round(box["right"] - box["left"]))
        assert box["bottom"] - box["top"] < 60
        phone.evaluate("getSelection().removeAllRanges()")
        expect(button).to_be_hidden()
    assert len(widths) == 1


def test_no_ring_stands_round_the_title(phone: Page, article: Article) -> None:
    phone.goto(article.get_absolute_url())
    heading = dialog_on(phone, "propably").get_by_role("heading")
    expect(heading).to_be_focused()
    assert heading.evaluate("(title) => getComputedStyle(title).outlineStyle") == "none"


# At once --------------------------------------------------------------------------------------------------------------
def test_the_frame_is_there_before_any_answer_of_the_network(wide: Page) -> None:
    held: list[Route] = []
    wide.route(re.compile("."), lambda route: held.append(route))
    wide.evaluate(MARK, "propably")
    wide.keyboard.press("Control+Enter")
    frame = wide.get_by_role("dialog", name="Suggest a correction")
    expect(frame.get_by_role("status")).to_have_text("Opening…")
    expect(frame.locator("[name=website]")).to_be_hidden()
    assert held
    for route in held:
        route.continue_()
    wide.unroute(re.compile("."))
    expect(frame.locator("#suggestion-replacement")).to_be_focused()
    expect(frame).not_to_contain_text("Opening")


def test_a_frame_that_was_closed_stays_closed(wide: Page) -> None:
    held: list[Route] = []
    wide.route(STATIC, lambda route: held.append(route))
    wide.evaluate(MARK, "propably")
    wide.keyboard.press("Control+Enter")
    expect(wide.locator("dialog[open]")).to_be_visible()
    wide.keyboard.press("Escape")
    for route in held:
        route.continue_()
    wide.unroute(STATIC)
    wide.wait_for_function(LOADED)
    expect(wide.locator("dialog[open]")).to_have_count(0)


def test_its_files_come_with_a_selection_and_not_before(page: Page, article: Article) -> None:
    with requests_of(page) as requests:
        page.goto(article.get_absolute_url(), wait_until="networkidle")
        assert not [request.url for request in requests if "/reader/dialog" in request.url]
        page.evaluate(MARK, "propably")
        page.wait_for_function(LOADED)
    files = [request.url for request in requests if "/static/" in request.url]
    assert any("/reader/dialog" in url for url in files)
    assert any("/shared/word_diff" in url for url in files)
    page.context.set_offline(True)
    expect(dialog_on(page, "propably").locator("[name=category]").first).to_be_visible()
    page.context.set_offline(False)


@pytest.mark.parametrize("name", ["dialog", "word_diff", "suggestion"])
def test_a_file_that_fails_once_comes_the_second_time(page: Page, article: Article, name: str) -> None:
    page.goto(article.get_absolute_url())
    address = re.compile(rf"/static/\w+/{name}\.")
    page.route(address, lambda route: route.abort())
    page.evaluate(MARK, "propably")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]")).to_contain_text("The form could not be opened.")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.unroute(address)
    dialog = dialog_on(page, "propably")
    assert (
        dialog.evaluate("(dialog) => getComputedStyle(dialog.querySelector('.suggestion-trap')).position") == "absolute"
    )


def test_what_is_fetched_later_may_fail_once_too(page: Page, article: Article) -> None:
    lost = list[str]()

    def lose(route: Route) -> None:
        lost.append(route.request.url.split("/")[-1].split(".")[0])
        route.abort()

    for name in ("sentence_picker", "thanks", "my_suggestions"):
        page.route(re.compile(rf"/static/reader/{name}\."), lose, times=1)
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="Tell us here").click()
    expect(page.locator("#picker-list")).to_be_visible()
    page.keyboard.press("Escape")
    assert suggest(page, "propably", "probably")
    expect(page.locator("[data-own] li")).to_have_count(1)
    assert sorted(lost) == ["my_suggestions", "sentence_picker", "thanks"]


# Each way to say it ---------------------------------------------------------------------------------------------------
def test_a_passage_is_deleted_by_an_act_of_its_own(wide: Page, article: Article) -> None:
    dialog = dialog_on(wide, "propably")
    field = dialog.locator("#suggestion-replacement")
    field.fill("")
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("choose “Delete this passage”")
    dialog.get_by_label("Delete this passage").check()
    expect(field).not_to_be_editable()
    sent(dialog)
    assert [s.replacement for s in suggestions_on(article)] == [""]


def test_who_does_not_know_the_words_is_asked_for_a_note(wide: Page, article: Article) -> None:
    dialog = dialog_on(wide, "propably")
    note = dialog.get_by_label("What should the editor know?")
    expect(note).to_be_hidden()
    dialog.get_by_label("I don't know the right words").check()
    expect(note).to_be_visible()
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("Say in a few words")
    note.fill("Is it spelt so?")
    assert serious(wide) == []
    sent(dialog)
    assert [(s.replacement, s.note) for s in suggestions_on(article)] == [(None, "Is it spelt so?")]


def test_white_space_is_a_change_where_it_is_text(page: Page, site: Site) -> None:
    article = make_article(body="<pre>tide  06:00\n  low</pre><p>The  ferry sails.</p>")
    page.goto(article.get_absolute_url())
    suggest(page, "tide  06:00", "tide 06:00")
    [suggestion] = suggestions_on(article)
    assert (suggestion.exact, suggestion.replacement) == ("tide  06:00", "tide 06:00")

    dialog = dialog_on(page, "ferry sails")
    dialog.locator("#suggestion-replacement").fill("ferry  sails")
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("same")
    assert len(suggestions_on(article)) == 1


def test_a_name_that_the_browser_filled_in_is_not_sent(wide: Page, article: Article) -> None:
    """As when an address is chosen from the browser's profile, which fills fields out of sight too."""
    dialog = dialog_on(wide, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    dialog.locator("summary").click()
    name = dialog.locator("#suggestion-name")
    expect(name).to_be_hidden()
    expect(name).to_have_attribute("autocomplete", "off")
    name.evaluate("""(field) => {
        field.value = "Ada Lovelace";
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    sent(dialog)
    assert [(s.name, s.credit) for s in suggestions_on(article)] == [("", False)]
    expect(dialog.get_by_label("Get an e-mail when this is decided")).to_have_attribute("autocomplete", "email")


def test_who_wants_to_be_named_says_so_and_how(wide: Page, article: Article) -> None:
    dialog = dialog_on(wide, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    dialog.locator("summary").click()
    dialog.get_by_label("Thank me by name").check()
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("Write your name, or untick the box")
    dialog.get_by_label("Your name").fill("Ada Lovelace")
    sent(dialog)
    assert [(s.name, s.credit) for s in suggestions_on(article)] == [("Ada Lovelace", True)]


def test_a_link_that_is_none_opens_what_it_stands_in(wide: Page) -> None:
    dialog = dialog_on(wide, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    dialog.locator("summary").click()
    dialog.get_by_label("A link that shows it").fill("nowhere")
    dialog.locator("summary").click()
    send(dialog)
    expect(dialog.locator("[data-summary]")).to_contain_text("This is not a web address.")
    dialog.locator("[data-complaints] a").click()
    expect(dialog.get_by_label("A link that shows it")).to_be_focused()


def test_in_a_translated_page_the_reader_is_told_before_sending(wide: Page) -> None:
    wide.evaluate(TRANSLATED)
    dialog_on(wide, "vielleich")
    expect(wide.locator("[data-known]")).to_contain_text("Has your browser translated this page?")
    assert serious(wide) == []


# After sending --------------------------------------------------------------------------------------------------------
def test_it_is_taken_back_on_the_thanks_and_sent_again(wide: Page, article: Article) -> None:
    dialog = dialog_on(wide, "propably")
    dialog.locator("#suggestion-replacement").fill("probably")
    sent(dialog)
    dialog.get_by_role("button", name="Take it back").click()
    expect(dialog.locator("[data-notice]")).to_contain_text("You took it back.")
    expect(wide.locator("[data-own]")).to_be_hidden()
    assert serious(wide) == []
    sent(dialog)
    first, second = suggestions_on(article)
    assert (first.replacement, second.replacement, second.withdrawn_at) == ("probably", "probably", None)
    assert first.withdrawn_at


def test_the_same_words_can_be_suggested_again(wide: Page, article: Article) -> None:
    suggest(wide, "propably", "probably")
    suggest(wide, "propably", "perhaps")
    assert [s.replacement for s in suggestions_on(article)] == ["probably", "perhaps"]


# Older browsers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("loss", SPARED)
def test_the_dialog_does_without(page: Page, article: Article, loss: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(loss)
    page.goto(article.get_absolute_url())
    suggest(page, "propably", "probably")
    assert [s.replacement for s in suggestions_on(article)] == ["probably"]
    assert complaints == []


@pytest.mark.parametrize("loss", NEEDED)
def test_browsers_below_the_floor_get_the_plain_form(page: Page, article: Article, loss: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(loss)
    page.goto(article.get_absolute_url())
    page.evaluate(MARK, "propably")
    expect(page.locator(".suggestion-button")).to_be_visible()
    page.keyboard.press("Control+Enter")
    link = page.locator("[data-toast] a")
    if "light-dark" not in loss:
        expect(link).to_be_visible()
        link.click()
    page.wait_for_url("**/suggest/**")
    expect(page.locator("#suggestion-exact")).to_have_value("propably")
    if "light-dark" in loss:
        page.goto(article.get_absolute_url())
        page.get_by_role("link", name="Tell us here").click()
        page.wait_for_url("**/suggest/")
    assert complaints == []
