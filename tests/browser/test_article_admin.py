"""An editor writes an article in a real browser: types, looks at the preview, publishes, asks a second editor."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, ViewportSize, expect

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Draft, Picture
from tests.browser.axe import serious
from tests.browser.desk import at_desk, with_session
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Site
from tests.support.waiting import wait_until

ADD = "/admin/newsroom/article/add/"
NARROW: ViewportSize = {"width": 390, "height": 800}


@pytest.fixture
def desk(site: Site, page: Page) -> Iterator[Page]:
    """The browser; whatever it says on its console about the policy or a script fails the test."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # axe-core itself tries out a style now and then; what it does has no address.
        if "violates" in message.text and message.location["url"]:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def log_in(page: Page, *, group: str = "Copy editor") -> None:
    page.context.clear_cookies()
    with_session(page, make_editor(group=group))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_an_article_is_written_previewed_and_published(desk: Page) -> None:
    log_in(desk)
    desk.goto(ADD)
    assert serious(desk) == []
    desk.get_by_label("Headline").fill("The ferry runs again")
    desk.locator("#article_slug").fill("ferry")
    text = desk.get_by_role("textbox", name="Text", exact=True)
    text.click()
    desk.keyboard.type("It leaves at ")
    desk.keyboard.press("Control+b")
    desk.keyboard.type("six")
    desk.keyboard.press("Control+b")
    desk.keyboard.type(".")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Bring coins.")
    press(desk, "Save and preview")

    expect(desk.get_by_role("heading", name="The ferry runs again")).to_be_visible()
    expect(desk.get_by_text("Draft, not published.")).to_be_visible()
    assert serious(desk) == []
    desk.get_by_role("link", name="Back to writing").click()
    expect(desk.get_by_role("textbox", name="Text", exact=True)).to_contain_text("It leaves at six.")
    press(desk, "Publish")
    desk.get_by_role("link", name="version 1").click()
    article = Article.objects.get(slug="ferry")
    assert (
        current_revision(article).require_content().body
        == "<p>It leaves at <strong>six</strong>.</p>\n<p>Bring coins.</p>"
    )
    assert not Draft.objects.exists()


def test_the_note_is_written_while_an_article_is_corrected(desk: Page) -> None:
    article = make_article(slug="noted")
    log_in(desk)
    desk.goto(f"/admin/newsroom/article/{article.pk}/change/")
    desk.get_by_label("Headline").fill("Report on the ports is due")
    desk.get_by_label("Kind of change").select_option("correction")
    note = desk.get_by_label("Public note")
    expect(note).to_have_value("An earlier version of this article said “bridges”. It should have said “ports”.")
    note.fill("It is about harbours.")
    desk.get_by_label("Headline").fill("Report on the harbours is due")
    press(desk, "Ask a second editor")
    expect(desk.locator(".messagelist")).to_contain_text("waits for a second editor")
    assert article.proposals.get().note == "It is about harbours."


def test_a_refusal_keeps_what_was_typed_and_leads_to_the_field(desk: Page) -> None:
    log_in(desk)
    article = make_article()
    desk.goto(f"/admin/newsroom/article/{article.pk}/change/")
    desk.get_by_label("Headline").fill("Another headline")
    desk.get_by_label("Kind of change").select_option("clarification")
    expect(desk.get_by_label("Public note")).not_to_have_value("")  # it is written for the editor
    desk.get_by_label("Public note").fill("")
    press(desk, "Publish")
    alert = desk.get_by_role("alert").filter(has_text="nothing was published")
    expect(alert).to_be_focused()
    expect(desk.get_by_label("Headline")).to_have_value("Another headline")
    assert serious(desk) == []
    alert.get_by_role("link", name="Public note").click()
    expect(desk.get_by_label("Public note")).to_be_focused()
    desk.keyboard.type("It was called by its old name.")
    press(desk, "Publish")
    expect(desk.get_by_text("Published: version 2.")).to_be_visible()


def test_who_comes_too_late_is_shown_what_changed_and_loses_nothing(desk: Page) -> None:
    log_in(desk)
    article = make_article()
    desk.goto(f"/admin/newsroom/article/{article.pk}/change/")
    make_revision(article, find="Tuesday", put="Monday")
    desk.get_by_label("Headline").fill("Mine")
    text = desk.get_by_role("textbox", name="Text", exact=True)
    text.press("Control+a")
    desk.keyboard.type("Written anew.")
    desk.get_by_label("Kind of change").select_option("update")
    press(desk, "Publish")
    alert = desk.get_by_role("alert").filter(has_text="The article has changed in the meantime")
    expect(alert.locator("del")).to_have_text("Tuesday")
    expect(alert.locator("ins")).to_have_text("Monday")
    assert serious(desk) == []
    press(desk, "Base my text on version 2")
    expect(desk.get_by_label("Headline")).to_have_value("Mine")
    expect(desk.get_by_role("button", name="Publish", exact=True)).to_be_visible()


def test_what_is_typed_is_saved_by_itself_and_is_there_on_coming_back(desk: Page) -> None:
    log_in(desk)
    article = make_article()
    desk.goto(f"/admin/newsroom/article/{article.pk}/change/")
    desk.route("**/autosave/", lambda route: route.abort())
    text = desk.get_by_role("textbox", name="Text", exact=True)
    text.press("Control+End")
    desk.keyboard.type(" Bring coins.")
    dialogs = list[str]()

    def stay(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)
    pictures = desk.get_by_role("link", name="Pictures and their addresses")
    pictures.click(no_wait_after=True)
    wait_until(lambda: desk.evaluate("1") and dialogs == ["beforeunload"])
    expect(text).to_contain_text("Bring coins.")

    desk.unroute("**/autosave/")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("Saved")
    wait_until(lambda: "Bring coins." in Draft.objects.get(article=article).body)
    assert serious(desk) == []
    pictures.click()
    desk.wait_for_url("**/picture/")
    assert dialogs == ["beforeunload"]
    desk.go_back()
    expect(text).to_contain_text("Bring coins.")
    press(desk, "Save draft")
    expect(desk.get_by_text("The draft is saved.")).to_be_visible()


def test_a_new_article_is_saved_under_its_address_while_it_is_typed(desk: Page) -> None:
    log_in(desk)
    desk.goto(ADD)
    headline, address = desk.get_by_label("Headline"), desk.locator("#article_slug")
    headline.fill("Die Fähre wartet")
    expect(desk.locator("[data-autosave-state]")).to_have_text("Not saved yet: give the article an address.")
    desk.get_by_label("Language").select_option("de")
    expect(address).to_have_value("die-faehre-wartet")
    desk.wait_for_url("**/change/")
    headline.fill("Die Fähre wartet nicht")
    headline.blur()
    wait_until(lambda: Article.objects.filter(slug="die-faehre-wartet-nicht").exists())
    desk.reload()
    expect(headline).to_have_value("Die Fähre wartet nicht")
    expect(address).to_have_value("die-faehre-wartet-nicht")
    address.fill("ferry-waits")
    headline.fill("The ferry waits")
    headline.blur()
    expect(address).to_have_value("ferry-waits")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, NARROW])
def test_the_toolbar_stays_in_sight_over_a_long_text(desk: Page, size: ViewportSize) -> None:
    log_in(desk)
    desk.set_viewport_size(size)
    desk.goto(ADD)
    text = desk.get_by_role("textbox", name="Text", exact=True)
    text.click()
    for _line in range(60):
        desk.keyboard.press("Enter")
    desk.keyboard.type("## Last **words**")
    expect(desk.get_by_role("button", name="Bold", exact=True)).to_be_in_viewport(ratio=1)
    for _line in range(60):
        desk.keyboard.press("ArrowUp")
    desk.keyboard.type("First")
    first = text.get_by_text("First")
    toolbar = desk.get_by_role("toolbar", name="Formatting")
    expect(toolbar).to_be_in_viewport(ratio=1)
    expect(first).to_be_in_viewport(ratio=1)
    above, below = toolbar.bounding_box(), first.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_two_editors_of_a_draft_see_each_other_and_overwrite_nothing(desk: Page, browser: Browser, site: Site) -> None:
    log_in(desk)
    article = make_article()
    address = f"/admin/newsroom/article/{article.pk}/change/"
    desk.goto(address)
    desk.get_by_label("Headline").fill("Mine")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("Saved")
    other = at_desk(browser, site, make_editor(public_name="Ben Second"))
    other.goto(address)
    other.get_by_label("Standfirst").fill("By Ben")
    expect(other.locator("[data-autosave-others]")).to_contain_text("Open here too")
    desk.get_by_label("Headline").fill("Mine again")
    expect(desk.locator("[data-autosave-state]")).to_contain_text("another draft was saved in the meantime")
    expect(desk.locator("[data-autosave-others]")).to_contain_text("Ben Second")
    press(desk, "Save draft")
    expect(desk.get_by_role("alert").filter(has_text="Nothing of yours was saved yet")).to_contain_text("Ben Second")
    expect(desk.get_by_label("Headline")).to_have_value("Mine again")
    assert Draft.objects.get(article=article).standfirst == "By Ben"


def test_a_second_editor_approves_what_a_first_one_proposed(desk: Page) -> None:
    log_in(desk)
    article = make_article(headline="Two bridges will reopen")  # as no other test's proposal is headed
    desk.goto(f"/admin/newsroom/article/{article.pk}/change/")
    desk.get_by_role("textbox", name="Text", exact=True).get_by_text("It counts").click()
    desk.keyboard.press("End")
    desk.keyboard.type(" Two will reopen.")
    desk.get_by_label("Kind of change").select_option("correction")
    expect(desk.get_by_role("button", name="Publish", exact=True)).to_be_hidden()
    desk.get_by_label("Public note").fill("We left out two bridges.")
    press(desk, "Ask a second editor")
    expect(desk.get_by_text("waits for a second editor")).to_be_visible()
    log_in(desk, group=STANDARDS_EDITOR)
    desk.goto("/admin/newsroom/proposal/")
    assert serious(desk) == []
    desk.get_by_role("link", name="Two bridges will reopen").click()
    expect(desk.locator(".desk-changes ins")).to_have_text(" Two will reopen.")
    assert serious(desk) == []
    press(desk, "Approve and publish")
    expect(desk.get_by_text("Approved and published: version 2.")).to_be_visible()
    assert current_revision(article).require_content().text.endswith("Two will reopen.")


def test_an_uploaded_picture_goes_into_a_figure(desk: Page) -> None:
    log_in(desk)
    raw = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(raw, "JPEG")
    desk.goto("/admin/newsroom/picture/add/")
    desk.get_by_label("File").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()})
    desk.get_by_label("Alternative text").fill("The ferry at the quay")
    press(desk, "Save")
    address = str(Picture.objects.latest("pk").file.url)
    expect(desk.locator("code")).to_have_text(address)
    expect(desk.locator("img.desk-picture")).to_have_js_property("naturalWidth", 64)
    assert serious(desk) == []
    desk.goto(ADD)
    desk.get_by_label("Headline").fill("With a picture")
    desk.locator("#article_slug").fill("picture")
    press(desk, "Picture and caption")
    desk.get_by_label("Address of an uploaded picture").fill(address)
    desk.get_by_label("What the picture shows").fill("The ferry at the quay")
    desk.get_by_label("Caption", exact=True).fill("Six in the morning.")
    press(desk, "Set picture")
    expect(desk.locator("rich-text figcaption")).to_have_text("Six in the morning.")

    press(desk, "Picture and caption")
    with desk.expect_file_chooser() as chooser:
        press(desk, "Choose a picture …")
    chooser.value.set_files({"name": "b.png", "mimeType": "image/png", "buffer": b"words"})
    desk.get_by_label("What the picture shows").fill("The bell of the ferry")
    press(desk, "Set picture")
    expect(desk.get_by_role("alert").filter(has_text="This picture cannot be read")).to_be_visible()
    assert serious(desk) == []
    with desk.expect_file_chooser() as chooser:
        press(desk, "Choose another picture …")
    chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()})
    press(desk, "Set picture")
    expect(desk.locator("rich-text figure")).to_have_count(2)
    press(desk, "Publish")
    desk.goto("/articles/picture/")
    expect(desk.locator("figure img[alt='The ferry at the quay']")).to_have_js_property("naturalWidth", 64)
    expect(desk.locator("figure img[alt='The bell of the ferry']")).to_have_js_property("naturalWidth", 64)
    expect(desk.locator("figcaption")).to_have_text("Six in the morning.")


@pytest.mark.parametrize(
    "name", ["article/", "proposal/", "picture/", "revision/", "act/", "editor/", "article/add/", "article/{}/history/"]
)
def test_every_page_fits_a_phone_and_keeps_the_policy(desk: Page, name: str) -> None:
    article = make_article()
    log_in(desk, group="Desk chief")
    desk.set_viewport_size(NARROW)
    desk.goto(f"/admin/newsroom/{name.format(article.pk)}")
    assert desk.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
    assert serious(desk) == []
