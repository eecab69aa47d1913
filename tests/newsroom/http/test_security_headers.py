"""Security headers of every kind of page; tests/system/test_headers.py has them marked behind a proxy in production."""

from typing import Any

import pytest
from django.test import Client

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db
PUBLIC = [
    *("/", "/articles/bridges/", "/articles/bridges/changes/", "/articles/bridges/revisions/1/", "/corrections/"),
    *("/corrections/feed.atom", "/policy/", "/nowhere/", "/api/articles", "/api/openapi.json", "/healthz"),
    "/admin/login/",
]
DESK = ["/admin/", "/admin/newsroom/article/"]


def pages(client: Client) -> dict[str, Any]:
    chief = Client()
    chief.force_login(make_editor(group=DESK_CHIEF))
    return {path: client.get(path) for path in PUBLIC} | {path: chief.get(path) for path in DESK}


def test_every_page_carries_the_headers_that_scanners_look_for(client: Client, bridges: Article) -> None:
    for path, response in pages(client).items():
        policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", path
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'", path
        assert set(policy.get("script-src", "'self'").split()) == {"'self'"}, path
        assert "unsafe" not in response["Content-Security-Policy"], path
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["X-Frame-Options"] == "DENY", path
        assert response["Referrer-Policy"] in ("strict-origin-when-cross-origin", "no-referrer", "same-origin"), path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", path
        enforced = "require-trusted-types-for" in policy
        assert enforced != path.startswith("/admin/"), path
        assert enforced or "require-trusted-types-for" in response["Content-Security-Policy-Report-Only"], path


def test_over_tls_browsers_are_told_to_stay_there(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000

    assert "max-age=31536000" in client.get("/healthz", secure=True)["Strict-Transport-Security"]
