"""The bar above an article: for editors alone, by what the desk left in their browser, and gone after they log out."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF
from newsroom.models import Article
from tests.browser.desk import with_session
from tests.support.factories import make_article, make_editor
from tests.support.processes import Site

_numbers = count(1)


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(slug=f"bar-{next(_numbers)}")


def tools(page: Page, article: Article) -> list[str]:
    page.goto(article.get_absolute_url(), wait_until="networkidle")
    return page.locator(".desk-bar a").all_inner_texts()


def test_an_editor_sees_what_they_may_do_and_nobody_anything_after_the_log_out(page: Page, article: Article) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert tools(page, article) == []
    assert not [url for url in asked if "desk_bar" in url]

    with_session(page, make_editor(username=f"bar{next(_numbers)}", group=COPY_EDITOR))
    page.goto("/admin/")
    assert tools(page, article) == ["Correct", "Revert", "History"]
    with_session(page, make_editor(username=f"bar{next(_numbers)}", group=DESK_CHIEF))
    page.goto("/admin/")
    asked.clear()
    assert tools(page, article) == ["Correct", "Revert", "Retract", "Withhold", "History"]
    public = [url for url in asked if not url.startswith(f"{page.url.partition('/articles/')[0]}/static/")]
    assert public == [page.url]
    page.get_by_role("link", name="Retract").click()
    expect(page.locator("select[name=kind]")).to_have_value("retraction")

    page.locator(".tools-account > summary").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()
    assert tools(page, article) == []
