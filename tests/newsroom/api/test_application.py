"""OpenAPI description and API browser."""

import pytest
from django.test import Client

from tests.support.public_pages import read_json

pytestmark = pytest.mark.django_db


def test_the_description_is_openapi_3_1_and_names_every_route(client: Client) -> None:
    given = read_json(client, "/api/openapi.json")
    assert given["openapi"].startswith("3.1")
    assert {
        "/api/articles",
        "/api/articles/{slug}",
        "/api/articles/{slug}/revisions",
        "/api/articles/{slug}/revisions/{number}",
        "/api/corrections",
    } <= set(given["paths"])


def test_the_api_browser_comes_from_this_site_alone(client: Client) -> None:
    answer = client.get("/api/docs")
    assert b"http://" not in answer.content
    assert b"https://" not in answer.content
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
    assert "data:" not in client.get("/")["Content-Security-Policy"]
