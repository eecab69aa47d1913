"""What is wrong is said in one form."""

import json

import pytest
from django.test import Client, RequestFactory

from newsroom.api.errors import Problem, answer_exception
from newsroom.api.parser import NotJson
from newsroom.api.strict_json import BadJson, BodyTooLarge
from newsroom.models import Article
from tests.support.public_pages import read_json

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles/unknown",
        "/api/articles/draft",
        "/api/articles/draft/revisions",
        "/api/articles/draft/revisions/1",
        "/api/articles/bridges/revisions/3",
        "/api/articles/bridges/revisions/0",
        f"/api/articles/bridges/revisions/{10**40}",
        "/api/articles/bridges/revisions/x",
        "/api/articles/%00",
        "/api/articles/../../admin",
        "/api/",
        "/api/unknown/address",
    ],
)
def test_what_is_not_there_is_said_in_json(client: Client, bridges: Article, path: str) -> None:
    Article.objects.create(slug="draft")
    errors = read_json(client, path, 404)["errors"]
    assert list(errors) == ["_"]
    assert errors["_"][0].startswith("There is no")


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/bridges/revisions", "/api/corrections"])
@pytest.mark.parametrize("cursor", ["x", "-", "1-", f"{'f' * 15}-1", "0", "%00", "1" * 5000])
def test_a_cursor_of_nobodys_is_a_field_that_is_wrong(client: Client, bridges: Article, path: str, cursor: str) -> None:
    assert list(read_json(client, f"{path}?cursor={cursor}", 422)["errors"]) == ["cursor"]


@pytest.mark.parametrize(
    ("error", "status", "field"),
    [
        (Problem(409, {"_": ["Not now."]}, headers={"Retry-After": "2"}), 409, "_"),
        (BadJson("The body must be a JSON object."), 400, "_"),
        (BodyTooLarge(), 413, "_"),
        (NotJson(), 415, "_"),
    ],
)
def test_what_a_door_refuses_is_said_in_the_one_form(
    rf: RequestFactory, error: Exception, status: int, field: str
) -> None:
    answer = answer_exception(rf.get("/api/x"), error)
    assert answer.status_code == status
    assert list(json.loads(answer.content)["errors"]) == [field]
    assert answer["Cache-Control"] == "no-store"


def test_a_fault_of_ours_is_said_without_its_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("newsroom.api.articles.listed_revisions", fail)
    answer = client.get("/api/corrections")
    assert answer.status_code == 500
    assert list(answer.json()["errors"]) == ["_"]
    assert b"secret" not in answer.content
    assert "secret" in caplog.text
