"""Too many refused requests close the door, in the API and on the pages."""

import pytest
from django.test import Client

from newsroom.models import Article
from tests.support.factories import make_article
from tests.support.sending import API

pytestmark = pytest.mark.django_db
TYPED = {"exact": "recieve", "replacement": "receive", "category": "typo", "revision": "1"}


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def test_too_many_refusals_close_the_door(client: Client, article: Article) -> None:
    answers = [client.post(API, "{", content_type="application/json").status_code for _turn in range(125)]

    assert answers == [400] * 120 + [429] * 5
    page = client.get("/suggestions/x/")
    assert (page.status_code, page["Cache-Control"]) == (429, "no-store")
    assert int(page["Retry-After"]) > 0
    assert client.get("/suggestions/x/", REMOTE_ADDR="192.0.2.9").status_code == 404


def test_the_form_without_scripts_keeps_what_was_typed(client: Client, article: Article) -> None:
    for _turn in range(5):
        client.post("/articles/bridges/suggest/", TYPED)
    refused = client.post("/articles/bridges/suggest/", TYPED | {"note": "as I said"})

    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert "as I said" in refused.content.decode()
