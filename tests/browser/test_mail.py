"""A reader leaves an address on the thanks, confirms it from the mail, and is told of it on the private page."""

import pytest
from playwright.sync_api import Page, expect

from corrections.models import Contact
from newsroom.models import Article
from tests.browser.axe import serious
from tests.support.factories import make_article
from tests.support.processes import Site
from tests.support.waiting import wait_until


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail")


def open_dialog(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    page.locator("a[data-suggest]").first.click()
    page.locator("#picker-list label", has_text="article as a whole").click()
    page.get_by_role("button", name="Continue").click()
    page.locator("dialog[open] #suggestion-note").fill("The ferry has another name.")


def test_an_address_left_on_the_thanks_is_confirmed_from_its_mail(page: Page, article: Article) -> None:
    open_dialog(page, article)
    page.locator("dialog[open] [data-send]").click()
    field = page.get_by_label("Get an e-mail when this is decided")
    field.fill("nonsense")
    page.get_by_role("button", name="Tell me").click()
    expect(page.locator("dialog[open] [data-email-error]")).to_contain_text("Enter an e-mail address")
    field.fill("ada.of.the.dialog@example.org")
    page.get_by_role("button", name="Tell me").click()
    expect(page.locator("dialog[open] [data-mailed]")).to_be_visible()
    expect(field).to_be_hidden()
    assert serious(page) == []
    status = str(page.locator("dialog[open] [data-link]").get_attribute("href"))

    wait_until(lambda: Contact.objects.get(suggestion__article=article).state == "waiting")
    page.goto("/dev/mail/")
    mails = page.locator(".mails li", has_text="ada.of.the.dialog@example.org")
    wait_until(lambda: page.reload() and mails.count())
    mails.first.get_by_role("link").click()
    assert serious(page) == []
    page.locator("a[href*='/mail/confirm/']").click()
    assert serious(page) == []
    page.get_by_role("button", name="Yes, this address is mine").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your address is confirmed")

    page.goto(status)
    expect(page.locator("#mail")).to_contain_text("You confirmed this address.")
    assert serious(page) == []
    page.locator("#mail > summary").click()
    page.get_by_role("link", name="Stop all mail from us to this address").click()
    assert serious(page) == []
    page.get_by_role("button", name="Yes, stop all mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We write to you no more")


def test_whoever_left_none_is_offered_it_on_the_private_page(page: Page, article: Article) -> None:
    open_dialog(page, article)
    page.locator("dialog[open] [data-send]").click()
    page.locator("dialog[open] [data-link]").click()
    page.locator("#mail > summary").click()
    page.get_by_label("Your e-mail").fill("nonsense")
    page.get_by_role("button", name="Send me the confirmation e-mail").click()
    expect(page.get_by_label("Your e-mail")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Your e-mail").fill("bob@example.org")
    page.get_by_role("button", name="Send me the confirmation e-mail").click()
    expect(page.locator("#mail")).to_contain_text("bob@example.org")
