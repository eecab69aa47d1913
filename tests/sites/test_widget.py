"""The widget on a real WordPress: one line in its theme, five policies, and what newsrooms put around their text."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from newsroom.models import Source
from newsroom.sources.addresses import find_article
from tests.browser.test_journey import wait_for_case
from tests.sites.host_page import invitation, opened, suggest_on_host
from tests.sites.looks import first_look, text_of
from tests.sites.posts import CONTENT, crowded
from tests.sites.wordpress import WordPress

pytestmark = pytest.mark.usefixtures("site")
# Policies of newsrooms; `{desk}` is the origin that they have to name, unless a nonce lets the script in.
POLICIES = [
    "",
    "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' {desk}; connect-src 'self' {desk}",
    "script-src 'nonce-n0nce' 'strict-dynamic'; object-src 'none'; base-uri 'none'",
    "require-trusted-types-for 'script'; trusted-types 'none'; script-src 'self' 'unsafe-inline' {desk}",
    "default-src 'none'; form-action 'none'; frame-ancestors 'none'; script-src {desk}; connect-src {desk}",
]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_reader_marks_and_sends_under_each_policy_that_names_the_desk(
    policy: str, wordpress: WordPress, source: Source, page: Page
) -> None:
    post = wordpress.publish("One", CONTENT)
    placed = first_look(source, post)
    wordpress.set_policy(policy.format(desk=settings.SITE_URL))
    opened(page, post.link)

    suggest_on_host(page, "12 euros", "14 euros")

    case = wait_for_case(placed.article)
    assert text_of(placed)[case.start : case.end] == "12 euros"


def test_the_first_reader_of_a_post_is_invited_once_it_is_read(
    wordpress: WordPress, source: Source, page: Page
) -> None:
    post = wordpress.publish("Nobody has read this one", CONTENT)
    opened(page, post.link)

    expect(invitation(page)).to_be_visible(timeout=60_000)
    suggest_on_host(page, "12 euros", "14 euros")

    placed = find_article(source, url=post.link)
    assert placed
    assert wait_for_case(placed.article).exact == "12 euros"


def test_a_policy_that_keeps_the_desk_out_leaves_the_page_as_it_is(
    wordpress: WordPress, source: Source, page: Page
) -> None:
    post = wordpress.publish("One", CONTENT)
    first_look(source, post)
    wordpress.set_policy("default-src 'self' 'unsafe-inline'")

    opened(page, post.link)

    expect(page.locator(".entry-content")).to_contain_text("last ferry of 2026")
    expect(invitation(page)).to_have_count(0)


def test_words_among_advertisements_frames_and_consent_layers_are_placed(
    wordpress: WordPress, source: Source, page: Page
) -> None:
    post = wordpress.publish("One", crowded(CONTENT))
    placed = first_look(source, post)
    opened(page, post.link)

    suggest_on_host(page, "Prices since May", "Prices since June")

    case = wait_for_case(placed.article)
    assert text_of(placed)[case.start : case.end] == "Prices since May"


def test_without_script_a_link_leads_from_the_page_to_its_form(
    wordpress: WordPress, source: Source, browser: Browser
) -> None:
    post = wordpress.publish("One", CONTENT)
    placed = first_look(source, post)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(post.link)

    page.get_by_role("link", name="Suggest a correction").click()

    expect(page).to_have_url(f"{settings.SITE_URL}/articles/{placed.article.slug}/suggest/")
    page.context.close()
