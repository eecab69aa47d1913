"""Editors write to each other on a case's page, and see in the header what is new for them."""

from playwright.sync_api import Browser, Page, expect

from corrections.models import InternalNote
from tests.browser.axe import serious
from tests.browser.desk import at_desk, with_session
from tests.support.desk_page import address_of, make_case
from tests.support.factories import make_article, make_editor
from tests.support.processes import Site


def test_a_colleague_is_named_by_two_keys_told_in_the_header_and_reads_it_by_opening(
    page: Page, browser: Browser, site: Site
) -> None:
    case = make_case(make_article(), "14", "15", category="fact")
    other = make_editor(username="zoe.wexford", public_name="Zoë Wexford")
    page.set_viewport_size({"width": 1280, "height": 800})
    with_session(page, make_editor())
    page.goto(address_of(case))
    public = page.get_by_label("Public note").first
    public.fill("There are 15 bridges, not 14.")

    page.get_by_text("Internal notes").click()
    field = page.get_by_label("Internal note", exact=True)
    field.press_sequentially("Ask @wex")
    expect(page.get_by_role("option", name="@zoe.wexford · Zoë Wexford")).to_have_attribute("aria-selected", "true")
    assert serious(page) == []
    field.press("Enter")
    field.press_sequentially("who counted.")
    field.press("Control+Enter")
    expect(page.locator(".desk-internal .note-mention")).to_have_text("@zoe.wexford")
    expect(field).to_have_value("")
    expect(public).to_have_value("There are 15 bridges, not 14.")  # nothing typed elsewhere is lost
    assert InternalNote.objects.filter(case=case).latest("pk").text == "Ask @zoe.wexford who counted."

    field.fill("A second thought.")
    field.press("Control+Enter")
    expect(page.locator(".desk-internal > li")).to_have_count(2)
    last = page.locator(".desk-internal > li").last
    last.locator("summary").click()
    last.get_by_role("button", name="Blank it for good").click()
    expect(last).to_contain_text("Blanked by")
    expect(public).to_have_value("There are 15 bridges, not 14.")

    hers = at_desk(browser, site, other)
    hers.goto("/admin/profile/")
    bell = hers.get_by_role("link", name="Notifications")
    expect(bell.locator(".tools-badge")).to_have_text("1")
    bell.click()
    assert serious(hers) == []
    hers.get_by_role("link", name="mentioned you in a note").click()
    expect(hers.locator(".desk-internal")).to_contain_text("Ask @zoe.wexford who counted.")
    expect(hers.locator(".tools-badge")).to_be_hidden()
