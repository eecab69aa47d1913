"""In which language a request is answered where no article says it."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone, translation

from newsroom.accounts.language_middleware import editor_language_middleware, site_language_middleware
from newsroom.models import Editor


def told(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


def spoken(answer: HttpResponseBase) -> bytes:
    assert isinstance(answer, HttpResponse)
    return answer.content


def test_a_readers_page_is_in_the_sites_language_whatever_the_browser_asks(settings: Any) -> None:
    settings.LANGUAGE_CODE = "fr"
    request = RequestFactory().get("/", headers={"Accept-Language": "uk"})
    with translation.override("de"):
        assert spoken(site_language_middleware(told)(request)) == b"fr"
        assert translation.get_language() == "de"


@pytest.mark.parametrize(
    ("path", "chosen", "language"),
    [
        ("/admin/", "es", b"es"),
        ("/admin/", "", b"uk"),  # as the browser asks
        ("/admin/", None, b"uk"),  # nobody is logged in
        ("/articles/bridges/", "es", b"de"),  # what was spoken before
    ],
)
def test_the_desk_speaks_what_the_editor_chose_and_else_what_the_browser_asks(
    path: str, chosen: str | None, language: bytes
) -> None:
    request = RequestFactory().get(path, headers={"Accept-Language": "uk"})
    request.user = AnonymousUser() if chosen is None else Editor(language=chosen)
    with translation.override("de"):
        assert spoken(editor_language_middleware(told)(request)) == language


@pytest.mark.parametrize(
    ("path", "chosen", "zone"),
    [
        ("/admin/", "Pacific/Auckland", b"Pacific/Auckland"),
        ("/admin/", "", b"UTC"),
        ("/admin/", "Mars/Olympus", b"UTC"),
        ("/articles/bridges/", "Pacific/Auckland", b"UTC"),
    ],
)
def test_the_clock_is_the_editors_at_the_desk_and_the_sites_elsewhere(path: str, chosen: str, zone: bytes) -> None:
    request = RequestFactory().get(path)
    request.user = Editor(time_zone=chosen)
    answer = editor_language_middleware(lambda _request: HttpResponse(timezone.get_current_timezone_name()))(request)
    assert spoken(answer) == zone
    assert timezone.get_current_timezone_name() == "UTC"
