"""The widget on another origin's page: from marked words to a stored suggestion, under a closed policy."""

import re

import pytest
from playwright.sync_api import Page, expect

from newsroom.models import Kind
from tests.browser.reader import suggestions_on
from tests.support.host_site import BODY, HostSite, host_site
from tests.support.processes import Site
from tests.support.sources import make_seen_revision

pytestmark = pytest.mark.usefixtures("site")
MARK = """([selector, words]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return;
  }
  throw new Error(`no ${words}`);
}"""


def opened(page: Page, address: str) -> list[str]:
    """Opens the page; what its console says is collected."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    expect(page.get_by_role("link", name="Tell us here")).to_be_visible()
    return said


def mark(page: Page, words: str, *, within: str = ".text") -> None:
    page.evaluate(MARK, [within, words])


def test_the_whole_way_under_a_closed_policy(page: Page, host: HostSite) -> None:
    placed = host.add_article("/bridge")
    said = opened(page, host.add_page("/bridge"))

    mark(page, "recieve")
    page.keyboard.press("Control+Enter")
    page.locator("#suggestion-replacement").fill("receive")
    page.locator("[data-send]").click()

    expect(page.locator("[data-link]").first).to_be_visible()
    [stored] = suggestions_on(placed.article)
    assert (stored.exact, stored.replacement, stored.start) == ("recieve", "receive", 17)
    assert said == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


RESETS = {
    "bootstrap": (
        "*,::after,::before{box-sizing:border-box}body{margin:0;font-family:serif;font-size:1rem}p{margin-top:0}"
        "a{color:red;text-decoration:none}button,textarea{margin:0;font-family:inherit;font-size:inherit}"
        "html{font-size:62.5%}dialog{display:none!important}p{display:none}.text p{display:block}"
    ),
    "tailwind": (
        "*,::after,::before{box-sizing:border-box;margin:0;padding:0;border:0 solid;--ink:red;--accent:red}"
        "button,textarea{font:inherit;color:inherit;background-color:transparent;border-radius:0}"
        "html{line-height:1.5;font-size:8px}a{color:inherit}[hidden]{display:block!important}"
    ),
    "unset": "*{all:unset}p{display:block}",
}


@pytest.mark.parametrize("name", RESETS)
def test_no_style_of_the_host_leaks_in_or_out(page: Page, host: HostSite, name: str) -> None:
    host.add_article("/bridge")
    head = host.add_sheet("/sheet.css", RESETS[name])
    opened(page, host.add_page("/bridge", head=head))
    before = page.evaluate(STYLES_OF_HOST)

    mark(page, "recieve")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#suggestion-replacement")).to_be_visible()

    # The dialog's letters and colours, as they are where a host says nothing of them.
    assert page.locator("dialog.suggestion").first.evaluate(STYLES_OF_DIALOG) == [
        *("fixed", "16px", "rgb(28, 27, 25)", "rgb(253, 252, 250)"),
        "44px",
    ]
    assert page.get_by_role("link", name="Tell us here").first.evaluate("a => getComputedStyle(a).fontSize") == "17px"
    assert page.evaluate(STYLES_OF_HOST) == before


STYLES_OF_DIALOG = """(dialog) => {
  const { position, fontSize, color, backgroundColor } = getComputedStyle(dialog);
  return [position, fontSize, color, backgroundColor, getComputedStyle(dialog.querySelector("[data-send]")).minHeight];
}"""
STYLES_OF_HOST = """() => ["html", "body", "h1", ".text", ".text p", ".text strong"].map((each) => {
  const style = getComputedStyle(document.querySelector(each));
  return [...style].filter((name) => !/block-size|height|origin|inline-size|width|inset|bottom|right|^--/.test(name))
    .map((name) => style.getPropertyValue(name)).join(" ");
})"""


def test_the_link_opens_the_list_where_words_cannot_be_selected(page: Page, host: HostSite) -> None:
    placed = host.add_article("/bridge")
    head = host.add_sheet("/sheet.css", "*{user-select:none;-webkit-user-select:none}")
    said = opened(page, host.add_page("/bridge", head=head))

    page.get_by_role("link", name="Tell us here").click()
    page.get_by_label("The council will recieve the report on Tuesday.").check()
    page.get_by_role("button", name="Continue").click()
    page.locator("#suggestion-replacement").fill("The council will receive the report on Tuesday.")
    page.locator("[data-send]").click()

    expect(page.locator("[data-link]").first).to_be_visible()
    [stored] = suggestions_on(placed.article)
    assert (stored.exact, stored.start) == ("The council will recieve the report on Tuesday.", 0)
    assert said == []


def test_a_text_that_reads_otherwise_is_placed_by_its_words(page: Page, host: HostSite) -> None:
    placed = host.add_article("/bridge")
    changed = "<p>Buy a boat!</p>" + BODY
    opened(page, host.add_page("/bridge", body=changed))

    mark(page, "recieve")
    page.keyboard.press("Control+Enter")
    page.locator("#suggestion-replacement").fill("receive")
    page.locator("[data-send]").click()

    expect(page.locator("[data-link]").first).to_be_visible()
    [stored] = suggestions_on(placed.article)
    assert (stored.exact, stored.start) == ("recieve", None)


def test_twenty_navigations_by_script_each_ask_anew(page: Page, host: HostSite) -> None:
    articles = [
        host.add_article(f"/story-{n}", body=f"<p>Story number {n} has a mistaek in it.</p>") for n in range(21)
    ]
    script = """
      window.turn = (n) => {
        history.pushState(null, "", `/story-${n}`);
        const text = document.createElement("div");
        text.className = "text";
        const line = document.createElement("p");
        line.textContent = `Story number ${n} has a mistaek in it.`;
        text.append(line);
        document.querySelector(".text").replaceWith(text);
      };"""
    head = host.add_script("/app.js", script)
    said = opened(page, host.add_page("/story-0", head=head, body="<p>Story number 0 has a mistaek in it.</p>"))

    for n in range(1, 21):
        with page.expect_response(lambda answer: "/api/embed/article" in answer.url):
            page.evaluate("(n) => turn(n)", n)
        expect(page.locator(".text").get_by_role("link", name="Tell us here")).to_be_visible()
        if n in (1, 20):
            mark(page, "mistaek")
            page.keyboard.press("Control+Enter")
            page.locator("#suggestion-replacement").fill("mistake")
            page.locator("[data-send]").click()
            page.locator("[data-done]").click()

    assert [len(suggestions_on(each.article)) for each in articles] == [0, 1, *[0] * 18, 1]
    assert said == []


def test_an_arabic_page_has_an_arabic_dialog(page: Page, site: Site) -> None:
    with host_site(language="ar") as host:
        body = "<p>يعقد المجلس جلسته يوم الثلثاء.</p>"
        placed = host.add_article("/bridge", body=body, headline="تقرير الجسور")
        page.goto(host.add_page("/bridge", body=body, lang="ar"))
        expect(page.get_by_role("link", name="أخبرنا هنا")).to_be_visible()

        mark(page, "الثلثاء")
        page.keyboard.press("Control+Enter")
        page.locator("#suggestion-replacement").fill("الثلاثاء")
        assert page.locator("dialog.suggestion").first.evaluate("d => getComputedStyle(d).direction") == "rtl"
        page.locator("[data-send]").click()

        expect(page.locator("[data-link]").first).to_be_visible()
        assert [each.replacement for each in suggestions_on(placed.article)] == ["الثلاثاء"]


def test_corrections_are_told_with_their_spot_and_their_record(page: Page, host: HostSite) -> None:
    placed = host.add_article("/bridge")
    note = "We wrote “recieve”. It is “receive”."
    make_seen_revision(placed, kind=Kind.CORRECTION, find="recieve", put="receive", note=note)
    opened(page, host.add_page("/bridge", body=BODY.replace("recieve", "receive")))

    expect(page.get_by_text(note)).to_be_visible()
    page.get_by_role("button", name="Show it in the text").click()

    assert page.evaluate("[...CSS.highlights.get('spot')].map(String)") == ["receive"]
    expect(page.get_by_role("link", name="See the change")).to_have_attribute("href", re.compile("/changes/1...2/$"))


def test_a_dark_page_has_a_dark_dialog(page: Page, host: HostSite) -> None:
    host.add_article("/bridge")
    opened(page, host.add_page("/bridge", head=host.add_sheet("/sheet.css", "body{background:#111;color:#eee}")))

    mark(page, "recieve")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#suggestion-replacement")).to_be_visible()

    assert page.locator("dialog.suggestion").first.evaluate(STYLES_OF_DIALOG)[2:4] == [
        *("rgb(232, 229, 223)", "rgb(22, 24, 27)")
    ]


def test_a_button_stands_beside_the_selected_words(page: Page, host: HostSite) -> None:
    host.add_article("/bridge")
    sheet = "body{margin:100px 50px;position:relative}html{font-size:62.5%}"
    opened(page, host.add_page("/bridge", head=host.add_sheet("/sheet.css", sheet)))

    mark(page, "recieve")
    button = page.get_by_role("button", name="Suggest a correction")
    expect(button).to_be_visible()

    words = page.evaluate("() => getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
    box = button.bounding_box()
    assert box
    assert 0 <= box["y"] - words["bottom"] < 20
    assert abs(box["x"] - words["right"]) < 20
    button.click()
    expect(page.locator("#suggestion-replacement")).to_have_value("recieve")
    page.locator("#suggestion-replacement").fill("receive")
    page.locator("[data-send]").click()
    expect(page.locator("[data-link]").first).to_be_visible()
    page.locator("[data-done]").click()
