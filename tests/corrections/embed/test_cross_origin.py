"""Which addresses answer other origins, which origins, and with which headers."""

import pytest
from django.test import Client

from newsroom.models import SourceArticle
from tests.support.sources import make_source, make_source_article

pytestmark = pytest.mark.django_db
ORIGIN = "https://daily.example"
OTHER = "https://other.example"
ALLOWED = "Access-Control-Allow-Origin"
SHARED = [
    ("GET", "/api/embed/article"),
    ("GET", "/api/suggestions/stamp"),
    ("GET", "/api/articles/bridge/passage"),
    ("POST", "/api/suggestions"),
    ("GET", "/api/suggestions/some-token"),
    ("POST", "/api/suggestions/some-token/withdraw"),
]
OWN = [
    ("GET", "/"),
    ("GET", "/articles/bridge/"),
    ("GET", "/api/articles"),
    ("GET", "/api/articles/bridge"),
    ("GET", "/api/articles/bridge/reports"),
    ("POST", "/api/articles/bridge/follow"),
    ("POST", "/api/suggestions/some-token/email"),
    ("POST", "/api/suggestions/some-token/erase"),
    ("POST", "/api/suggestions/some-token/credit"),
    ("POST", "/api/suggestions/some-token/answer"),
    ("GET", "/api/suggestions/some-token/export"),
    ("GET", "/api/suggestions/some-token/withdraw"),
    ("GET", "/suggestions/some-token/"),
    ("GET", "/admin/login/"),
]


@pytest.fixture(autouse=True)
def placed() -> SourceArticle:
    return make_source_article(url=f"{ORIGIN}/bridge/", slug="bridge", source=make_source(origins=[ORIGIN, OTHER]))


@pytest.mark.parametrize(("method", "path"), SHARED)
def test_the_widgets_addresses_answer_an_origin_of_a_source(client: Client, method: str, path: str) -> None:
    answer = client.generic(method, path, headers={"Origin": ORIGIN})

    assert answer[ALLOWED] == ORIGIN
    assert "Origin" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize(("method", "path"), SHARED)
@pytest.mark.parametrize(
    "origin", ["null", "", "https://stranger.example", "http://daily.example", f"{ORIGIN}:8443", f"{ORIGIN}.evil.test"]
)
def test_no_other_origin_is_answered(client: Client, method: str, path: str, origin: str) -> None:
    answer = client.generic(method, path, headers={"Origin": origin} if origin else {})

    assert ALLOWED not in answer
    assert "Origin" in answer["Vary"]


@pytest.mark.parametrize(("method", "path"), OWN)
def test_no_other_address_answers_another_origin(client: Client, method: str, path: str) -> None:
    preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": method}

    assert ALLOWED not in client.generic(method, path, headers={"Origin": ORIGIN})
    assert ALLOWED not in client.options(path, headers=preflight)


@pytest.mark.parametrize(("method", "path"), SHARED)
def test_a_preflight_is_answered_for_two_hours(client: Client, method: str, path: str) -> None:
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type,idempotency-key"}

    answer = client.options(path, headers={"Origin": ORIGIN, **asked})

    assert answer.status_code == 204
    assert answer[ALLOWED] == ORIGIN
    assert method in answer["Access-Control-Allow-Methods"]
    assert answer["Access-Control-Allow-Headers"] == "Content-Type, Idempotency-Key"
    assert answer["Access-Control-Max-Age"] == "7200"
    assert ALLOWED not in client.options(path, headers={"Origin": "null", **asked})


def test_each_origin_gets_its_own_name_and_none_after_its_source_was_switched_off(
    client: Client, placed: SourceArticle
) -> None:
    address = "/api/suggestions/stamp"

    assert client.get(address, headers={"Origin": ORIGIN})[ALLOWED] == ORIGIN
    assert client.get(address, headers={"Origin": OTHER})[ALLOWED] == OTHER
    placed.source.is_active = False
    placed.source.save()
    assert ALLOWED not in client.get(address, headers={"Origin": ORIGIN})
