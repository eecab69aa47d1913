"""To a reader's page no cookie exists: whatever the browser sends, anyone may cache the answer."""

import pytest
from django.test import Client

from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
PAGES = [
    *("/", "/articles/bridges/", "/articles/bridges/suggest/", "/articles/bridges/changes/", "/corrections/"),
    *("/articles/bridges/revisions/1/", "/corrections/feed.atom", "/api/articles", "/healthz", "/nowhere/"),
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("cookie", ["sessionid=abc; csrftoken=x", f"sessionid={'a' * 32}; csrftoken={'b' * 32}"])
def test_a_page_for_readers_neither_sets_nor_varies_by_a_cookie(path: str, cookie: str) -> None:
    make_article(slug="bridges")
    answer = Client().get(path, headers={"Cookie": cookie})
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


def test_what_the_desk_tells_an_editor_makes_no_cookie_for_other_pages() -> None:
    client = Client()
    client.force_login(make_editor())

    answer = client.post("/admin/profile/sessions/")

    assert "log-in" in client.get("/admin/profile/").content.decode()
    assert {cookie["path"] for cookie in answer.cookies.values()} <= {"/admin/"}


def test_the_desk_has_its_session_and_its_tokens() -> None:
    client = Client(enforce_csrf_checks=True)
    assert "csrftoken" in client.get("/admin/login/").cookies
    client.force_login(make_editor())
    assert client.get("/admin/").status_code == 200
    refusal = client.post("/admin/logout/")
    assert (refusal.status_code, "Please load the page again" in refusal.content.decode()) == (403, True)
