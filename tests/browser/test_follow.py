"""Following an article in a real browser: in place, as a page without scripts, confirmed and stopped from the mails."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from corrections.models import Follower
from newsroom.models import Kind
from tests.browser.axe import serious
from tests.support.factories import make_article, make_revision, retract
from tests.support.followers import follower_of
from tests.support.processes import Site
from tests.support.public_pages import NOTE
from tests.support.waiting import wait_until

LINK = "a[data-follow]"
PANEL = "[data-follow-panel]"
SCREENS: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (390, "dark")]


def open_mail(page: Page, subject: str) -> None:
    """Once the site's worker has sent it."""
    page.goto("/dev/mail/")
    mails = page.locator(".mails li", has_text="follows@example.org").filter(has_text=subject)
    wait_until(lambda: page.reload() and mails.count())
    mails.first.get_by_role("link").click()


def test_a_reader_follows_in_place_confirms_and_stops(page: Page, site: Site) -> None:
    article = make_article()
    make_revision(article, find="three are", put="four are", kind=Kind.CORRECTION, note=NOTE)
    complaints = list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(article.get_absolute_url())
    link = page.locator(LINK)
    expect(link).to_have_count(1)
    link.click()
    email = page.locator("#follow-email")
    expect(email).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "true")
    assert serious(page) == []
    link.click()
    expect(page.locator(PANEL)).to_have_count(0)
    link.click()

    email.fill("no address")
    email.press("Enter")
    expect(page.locator("#follow-email-error")).to_contain_text("Enter an e-mail address")
    expect(page.locator("#follow-email")).to_be_focused()
    assert serious(page) == []
    assert any("422" in complaint for complaint in complaints)
    complaints.clear()
    page.locator("#follow-email").fill("follows@example.org")
    page.locator(f"{PANEL} button").click()
    expect(page.locator(".follow-done")).to_be_focused()
    expect(page.locator(".follow-done")).to_contain_text("Nearly done")
    assert serious(page) == []
    assert page.url.endswith(article.get_absolute_url())

    open_mail(page, "E-mails about corrections of")
    page.locator("a[href*='/mail/follow/']").click()
    assert serious(page) == []
    page.get_by_role("button", name="Yes, e-mail me about this article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow this article")
    follower = follower_of(article, email="follows@example.org")
    assert follower.is_confirmed
    make_revision(article, find="recieve", put="receive", kind=Kind.CORRECTION, note="“receive”, not “recieve”.")
    open_mail(page, "Corrected:")
    assert serious(page) == []
    page.locator("a[href*='/mail/unfollow/']").click()
    assert serious(page) == []
    page.get_by_role("button", name="Yes, stop these e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You no longer follow this article")
    assert serious(page) == []
    assert not Follower.objects.filter(pk=follower.pk).exists()
    assert complaints == []


def test_a_lost_line_is_named_and_a_lost_script_leads_to_the_page(page: Page, site: Site) -> None:
    article = make_article()
    page.goto(article.get_absolute_url())
    page.locator(LINK).click()
    page.locator("#follow-email").fill("lost@example.org")
    page.route("**/follow/", lambda route: route.abort())
    page.locator(f"{PANEL} button").click()
    expect(page.locator("[data-unreachable]")).to_be_visible()
    page.unroute("**/follow/")
    page.locator(f"{PANEL} button").click()
    expect(page.locator(".follow-done")).to_be_visible()

    page.reload()
    page.route("**/reader/follow.*", lambda route: route.abort())
    page.locator(LINK).click()
    page.wait_for_url("**/follow/")
    expect(page.locator("#follow-email")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_scripts_each_state_of_the_page_can_be_read_and_used(
    browser: Browser, site: Site, language: str
) -> None:
    article, gone = make_article(language=language), make_article(language=language)
    retract(gone)
    for width, scheme in SCREENS:
        page = browser.new_page(base_url=site.url, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.goto(f"{article.get_absolute_url()}follow/")
        states = [serious(page)]
        for typed in ("nonsense", f"plain.{width}@example.org"):
            page.locator("#follow-email").fill(typed)
            page.locator("form button").click()
            states.append(serious(page))
        expect(page.locator(".follow-done")).to_be_visible()
        wait_until(lambda: Follower.objects.filter(article=article, address__startswith="plain").exists())
        page.goto(f"{gone.get_absolute_url()}follow/")
        states.append(serious(page))
        expect(page.locator(f"{PANEL} form")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert states == [[]] * 4
        page.close()
