"""What an editor sees once: the tour of the first log-in, and the browser's own time zone."""

import pytest
from playwright.sync_api import Browser, expect

from newsroom.models import Editor
from tests.browser.axe import serious
from tests.browser.desk import press, with_session
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor
from tests.support.processes import Site


@pytest.mark.parametrize("width", [390, 1280])
def test_the_tour_goes_with_one_key_and_the_time_zone_is_taken_with_one_press(
    browser: Browser, site: Site, width: int
) -> None:
    editor = make_editor()
    make_case(make_article())
    context = browser.new_context(
        base_url=site.url, timezone_id="Asia/Tokyo", viewport={"width": width, "height": 800}, color_scheme="dark"
    )
    page = context.new_page()
    with_session(page, editor)
    page.goto("/admin/")
    tour, zone = page.locator(".home-tour"), page.locator(".desk-zone")
    expect(tour.get_by_role("listitem")).to_have_count(3)
    expect(zone).to_contain_text("Asia/Tokyo")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".case-list :is(h2, h3) a").first.click(trial=True)  # nothing lies over the work

    press(page, "Escape")
    expect(tour).to_have_count(0)
    page.get_by_role("button", name="Use the browser’s").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(zone).to_have_count(0)
    assert Editor.objects.get(pk=editor.pk).time_zone == "Asia/Tokyo"
    context.close()
