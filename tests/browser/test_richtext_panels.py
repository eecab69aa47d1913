"""Links, pictures, the source and the keyboard in the rich-text field."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from newsroom.text.sanitizer import sanitise
from tests.browser import axe
from tests.browser.richtext import Desk

FIGURE = '<figure><img src="/media/a.png" alt="A mill" width="1200" height="675"><figcaption>Old</figcaption></figure>'


@pytest.fixture
def desk(page: Page, collected_static: None) -> Iterator[Desk]:
    desk = Desk(page)
    yield desk
    assert desk.complaints == []


def select_word(desk: Desk, word: str) -> None:
    desk.text.get_by_text(word).dblclick(position={"x": 8, "y": 12})
    desk.settle()


def test_a_selected_word_becomes_a_link_and_is_freed_again(desk: Desk) -> None:
    desk.open("<p>word</p>")
    select_word(desk, "word")
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("example.org/a?b&c")
    desk.page.keyboard.press("Enter")
    linked = '<p><a href="https://example.org/a?b&amp;c">word</a></p>'
    expect(desk.source).to_have_value(linked)
    desk.text.get_by_text("word", exact=True).click()
    expect(desk.button("Link")).to_have_attribute("aria-pressed", "true")
    desk.button("Link").click()
    expect(desk.page.get_by_label("Address", exact=True)).to_have_value("https://example.org/a?b&c")
    desk.button("Remove link").click()
    assert desk.save() == "<p>word</p>"


@pytest.mark.parametrize(
    "address", ["/articles/a/", "https://example.org/", "http://example.org/", "mailto:a@example.org"]
)
def test_without_a_selection_the_address_is_the_text(desk: Desk, address: str) -> None:
    desk.open("").click()
    desk.button("Link").click()
    desk.page.keyboard.type(address)
    desk.button("Set link").click()
    desk.page.keyboard.type("!")
    assert desk.save() == f'<p><a href="{address}">{address}</a>!</p>'


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "data:text/html,x", "java\tscript:alert(1)", "pool.html"]
)
def test_a_link_that_leads_elsewhere_is_refused_with_a_sentence(desk: Desk, address: str) -> None:
    desk.open("<p>word</p>")
    select_word(desk, "word")
    desk.button("Link").click()
    desk.page.get_by_label("Address", exact=True).fill(address)
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("alert")).to_contain_text("begins with https://")
    desk.page.keyboard.press("Escape")
    expect(desk.text).to_be_focused()
    assert desk.save() == "<p>word</p>"


def test_a_picture_is_put_in_with_its_size_and_caption(desk: Desk) -> None:
    desk.open("<p>before</p><p>after</p>").get_by_text("before", exact=True).click()
    desk.button("Picture and caption").click()
    desk.page.get_by_label("Address of an uploaded picture").fill("/media/none.png")
    desk.button("Set picture").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("no picture of this site")
    desk.page.get_by_label("Address of an uploaded picture").fill("https://elsewhere.example/a.png")
    desk.button("Set picture").click()
    expect(desk.page.get_by_role("alert")).to_be_visible()
    desk.page.get_by_label("Address of an uploaded picture").fill("http://editor.test/media/a.png")
    desk.page.get_by_label("What the picture shows").fill("A mill")
    desk.page.get_by_label("Caption", exact=True).fill("Old")
    desk.button("Set picture").click()
    expect(desk.text).to_be_focused()
    desk.complaints.clear()  # of the picture that is not there
    assert desk.save() == f"<p>before</p>\n{FIGURE}\n<p>after</p>"


def test_a_picture_and_its_caption_are_changed_and_taken_away(desk: Desk) -> None:
    desk.open(f"<p>a</p>{FIGURE}<p>b</p>").get_by_text("Old", exact=True).click()
    desk.button("Picture and caption").click()
    expect(desk.page.get_by_label("What the picture shows")).to_have_value("A mill")
    desk.page.get_by_label("What the picture shows").fill("The mill")
    desk.page.get_by_label("Caption", exact=True).fill("New")
    desk.button("Set picture").click()
    expect(desk.source).to_have_value(
        f"<p>a</p>\n{FIGURE.replace('A mill', 'The mill').replace('Old', 'New')}\n<p>b</p>"
    )
    desk.text.get_by_text("New", exact=True).click()
    desk.button("Picture and caption").click()
    desk.button("Remove picture").click()
    assert desk.save() == "<p>a</p>\n<p>b</p>"


def test_a_caption_without_a_picture(desk: Desk) -> None:
    desk.open("").click()
    desk.button("Picture and caption").click()
    desk.page.get_by_label("Caption", exact=True).fill("Only words")
    desk.page.keyboard.press("Enter")
    expect(desk.text).to_be_focused()
    desk.page.keyboard.type("on")
    assert desk.save() == "<figure><figcaption>Only words</figcaption></figure>\n<p>on</p>"


STORED: dict[str, object] = {"src": "/media/n.png", "width": "64", "height": "48", "told": ""}


def describe(desk: Desk, alt: str, caption: str = "") -> None:
    desk.page.get_by_label("What the picture shows").fill(alt)
    desk.page.get_by_label("Caption", exact=True).fill(caption)
    desk.button("Set picture").click()


def test_pictures_are_dropped_pasted_and_chosen_in_place(desk: Desk) -> None:
    desk.uploads = [(201, {**STORED, "told": "It was turned."}), (201, STORED), (201, STORED)]
    desk.uploads.append((201, {**STORED, "told": "It moves no more."}))
    desk.open("<p>one</p><p>two</p>").get_by_text("one", exact=True).click()
    desk.hand_over("drop", "quay.png", "ferry.png")  # onto the last paragraph
    expect(desk.page.get_by_text("quay.png")).to_be_visible()
    expect(desk.page.get_by_label("What the picture shows")).to_be_focused()
    expect(desk.page.get_by_label("Address of an uploaded picture")).to_be_hidden()
    describe(desk, "A quay", "Six in the morning")
    expect(desk.page.get_by_text("ferry.png")).to_be_visible()
    expect(desk.page.get_by_role("status").filter(has_text="It was turned.")).to_be_visible()
    describe(desk, "A ferry")
    expect(desk.text).to_be_focused()

    desk.to_end()
    desk.hand_over("paste", "pasted.png")
    describe(desk, "Pasted")
    expect(desk.text).to_be_focused()

    desk.button("Picture and caption").click()
    with desk.page.expect_file_chooser() as chooser:
        desk.button("Choose a picture …").click()
    chooser.value.set_files({"name": "moving.gif", "mimeType": "image/gif", "buffer": b"GIF"})
    describe(desk, "Moving")
    expect(desk.page.get_by_role("status").filter(has_text="It moves no more.")).to_be_visible()
    assert [name in sent for name, sent in zip([b"quay", b"ferry", b"pasted", b"moving"], desk.sent, strict=True)]
    picture = '<figure><img src="/media/n.png" alt="{}" width="64" height="48">{}</figure>'
    figures = [picture.format("A quay", "<figcaption>Six in the morning</figcaption>"), picture.format("A ferry", "")]
    figures += [picture.format("Pasted", ""), picture.format("Moving", "")]
    assert desk.save() == "\n".join(["<p>one</p>", "<p>two</p>", *figures])


def test_an_upload_that_fails_says_why_and_loses_nothing(desk: Desk) -> None:
    refusal: dict[str, object] = {"errors": {"file": ["This is no picture that can be read."]}}
    desk.uploads = [(422, refusal), (403, {}), (0, {}), (201, STORED)]
    desk.open("<p>one</p>").click()
    desk.hand_over("paste", "quay.png")
    alert = desk.page.get_by_role("alert")
    describe(desk, "", "Early")
    expect(alert).to_contain_text("Say what the picture shows")
    expect(desk.page.get_by_label("What the picture shows")).to_be_focused()
    for said in ("This is no picture that can be read.", "logged out", "no connection"):
        describe(desk, "A quay", "Early")
        expect(alert).to_contain_text(said)
    expect(desk.page.get_by_text("quay.png")).to_be_visible()
    describe(desk, "A quay", "Early")
    expect(desk.text.locator("figcaption")).to_have_text("Early")
    desk.complaints.clear()  # of the answers that refused
    assert desk.save().startswith("<p>one</p>\n<figure>")


def test_words_are_pasted_as_words_and_other_sites_pictures_are_named(desk: Desk) -> None:
    desk.open("").click()
    desk.paste('<p>a</p><p><img src="https://elsewhere.example/x.png" alt="b"></p>')
    expect(desk.page.get_by_role("status").filter(has_text="Pictures of other sites were left out")).to_be_visible()
    assert desk.save() == "<p>a</p>"


def test_a_table_is_made_and_edited_with_the_keyboard(desk: Desk) -> None:
    desk.open("").click()
    desk.button("Table").click()
    for keys in ("0", "Tab", "2", "Tab", "Ferries", "Enter"):
        desk.page.keyboard.press(keys) if keys in ("Tab", "Enter") else desk.page.keyboard.type(keys)
    expect(desk.page.get_by_role("alert")).to_contain_text("1 to 200 rows")
    desk.page.keyboard.type("1")
    desk.page.keyboard.press("Enter")
    for cell in ("Day", "Time", "Monday", "six", "Tuesday", "seven"):
        desk.page.keyboard.type(cell)
        desk.page.keyboard.press("Tab")
    made = (
        '<table><caption>Ferries</caption>\n<thead><tr><th scope="col">Day</th>\n<th scope="col">Time</th></tr></thead>'
        "\n<tbody><tr><td>Monday</td>\n<td>six</td></tr>\n<tr><td>Tuesday</td>\n<td>seven</td></tr>{}</tbody></table>"
    )
    empty = "\n<tr><td></td>\n<td></td></tr>"
    expect(desk.source).to_have_value(made.format(empty))

    desk.page.keyboard.press("Alt+F10")
    desk.page.keyboard.press("Tab")
    expect(desk.button("Row above")).to_be_focused()
    for _step in range(4):
        desk.page.keyboard.press("ArrowRight")
    expect(desk.button("Remove row")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.text).to_be_focused()
    expect(desk.source).to_have_value(made.format(""))
    desk.button("Column after").click()
    desk.page.keyboard.press("Control+z")
    header = desk.button("Header column")
    expect(header).to_have_attribute("aria-pressed", "false")
    header.click()
    expect(header).to_have_attribute("aria-pressed", "true")
    days = made.format("").replace("<td>Monday</td>", '<th scope="row">Monday</th>')
    days = days.replace("<td>Tuesday</td>", '<th scope="row">Tuesday</th>')
    expect(desk.source).to_have_value(days)
    assert sanitise(days) == days
    header.click()
    saved = desk.save()
    assert saved == sanitise(saved) == made.format("")


def test_the_source_is_edited_and_comes_back(desk: Desk) -> None:
    desk.open("<p>a</p>")
    desk.to_end()
    desk.page.keyboard.type("b")
    desk.button("Edit as HTML").click()
    expect(desk.source).to_be_focused()
    expect(desk.source).to_have_value("<p>ab</p>")
    expect(desk.button("Bold")).to_have_attribute("aria-disabled", "true")
    desk.source.fill("<p>c <u>d</u></p>")
    desk.button("Edit as HTML").click()
    expect(desk.page.get_by_role("status")).to_be_visible()
    desk.source.fill("<h2>c</h2>")
    desk.button("Edit as HTML").click()
    expect(desk.text.get_by_role("heading", name="c")).to_be_visible()
    desk.page.keyboard.press("Control+z")
    assert desk.save() == "<p>ab</p>"


def test_the_toolbar_is_one_stop_and_the_arrows_go_along_it(desk: Desk) -> None:
    desk.open("<p>a</p>").press("Alt+F10")
    expect(desk.button("Paragraph")).to_be_focused()
    for key, name in (
        ("ArrowRight", "Heading H2"),
        ("Home", "Paragraph"),
        ("ArrowLeft", "Edit as HTML"),
        ("End", "Edit as HTML"),
    ):
        desk.page.keyboard.press(key)
        expect(desk.button(name)).to_be_focused()
    desk.page.keyboard.press("Tab")
    expect(desk.text).to_be_focused()
    desk.page.keyboard.press("Shift+Tab")
    expect(desk.button("Edit as HTML")).to_be_focused()


def test_language_and_direction_are_those_of_the_article(desk: Desk) -> None:
    text = desk.open("<p>مرحبا</p>", lang="ar", dir="rtl")
    expect(text).to_have_attribute("lang", "ar")
    expect(text).to_have_attribute("dir", "rtl")
    expect(text).to_have_attribute("aria-multiline", "true")
    expect(desk.open("<p>مرحبا</p>")).to_have_attribute("dir", "auto")


def test_it_fits_a_phone_and_passes_axe(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 800})
    desk.page.route("**/axe.js", lambda route: route.fulfill(path=axe.PATH, content_type="text/javascript"))
    desk.open(f"<h2>a</h2><p>b <a href='/c'>c</a></p>{FIGURE}<table><tbody><tr><td>1</td></tr></tbody></table>").click()
    desk.button("Picture and caption").click()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    violations = desk.page.evaluate(
        """async () => {
          const script = Object.assign(document.createElement("script"), { src: "/axe.js" });
          await new Promise((resolve) => { script.onload = resolve; document.head.append(script); });
          const { violations } = await axe.run("rich-text");
          const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
          return grave.map(({ id, nodes }) => [id, nodes[0].html]);
        }"""
    )
    assert violations == []


def test_without_scripts_it_is_the_plain_textarea(browser: Browser, collected_static: None) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        desk = Desk(context.new_page())
        desk.open("<p>a</p>")
        expect(desk.page.get_by_role("toolbar")).to_be_hidden()
        desk.source.fill("<p>b</p>")
        assert desk.save() == "<p>b</p>"
