"""How the API answers methods, and validators on what it gives."""

import re

import pytest
from django.test import Client

from newsroom.models import Article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/bridges", "/api/corrections"])
def test_a_method_that_is_not_possible_is_refused_in_json(client: Client, path: str) -> None:
    answer = client.delete(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["errors"]["_"] == ["DELETE is not allowed here. Use GET, HEAD, OPTIONS."]


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/bridges", "/api/openapi.json"])
def test_what_is_read_bears_a_tag_and_can_be_asked_for_its_headers(client: Client, bridges: Article, path: str) -> None:
    whole, bare = client.get(path), client.head(path)
    assert re.fullmatch('"[0-9a-f]{32}"', whole["ETag"])
    assert (bare.status_code, bare["ETag"], bare.content) == (200, whole["ETag"], b"")
    assert client.get(path, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(f"{path}?nobody=asked").content == whole.content


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/articles", "GET, HEAD, OPTIONS"),
        ("/api/openapi.json", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_says_what_is_possible(client: Client, path: str, allowed: str) -> None:
    answer = client.options(path)
    assert (answer.status_code, answer["Allow"], answer.content) == (204, allowed, b"")
    assert client.put(path)["Allow"] == allowed
