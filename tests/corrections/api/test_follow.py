"""POST /api/articles/<slug>/follow answers the same for any address."""

from typing import Any

import pytest
from django.test import Client

from corrections.contacts.hashed_mailboxes import unsubscribe_token
from corrections.models import Follower, Mail, Mailbox
from newsroom.models import Article
from tests.support.factories import make_article, retract
from tests.support.followers import ask_to_follow, make_follower
from tests.support.mailbox import ADA, post_all, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def post(body: Any, slug: str = "bridges", *, sender: str = "192.0.2.1") -> Any:
    path = f"/api/articles/{slug}/follow"
    return Client().post(path, body, content_type="application/json", REMOTE_ADDR=sender)


@pytest.mark.both_databases
def test_the_answer_is_the_same_for_any_address(article: Article) -> None:
    make_follower(article)
    make_follower(make_article(), email="stopped@example.org")
    press(f"/mail/stop/{unsubscribe_token(Mailbox.objects.get(followers__address='stopped@example.org'))}/")
    for _turn in range(3):
        ask_to_follow(make_article(), email="often@example.org")
    post_all()
    addresses = ("new@example.org", ADA, "stopped@example.org", "often@example.org")
    answers = [post({"email": email}, sender=f"192.0.2.{number}") for number, email in enumerate(addresses)]
    same = {(answer.status_code, answer.content, answer["Cache-Control"]) for answer in answers}
    assert same == {(202, b'{"status": "asked"}', "no-store")}
    assert [message.to for message in post_all()] == [["new@example.org"]]


def test_what_cannot_be_followed_is_refused_by_name(article: Article) -> None:
    assert post({"email": ADA}, "nowhere").status_code == 404
    Article.objects.create(slug="draft")
    assert post({"email": ADA}, "draft").status_code == 404
    for body in ({"email": "nonsense"}, {"email": ""}, {"email": f"a@{'b' * 300}.org"}, {}, {"email": ADA, "x": 1}):
        answer = post(body)
        assert answer.status_code == 422
        assert set(answer.json()["errors"]) <= {"email", "x"}
    retract(article)
    answer = post({"email": ADA})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["article"])
    assert post("no JSON").status_code == 400
    assert Client().post("/api/articles/bridges/follow", {"email": ADA}).status_code == 415
    assert not Follower.objects.exists()


def test_a_network_that_asks_too_often_waits(article: Article) -> None:
    for number in range(5):
        assert post({"email": f"reader{number}@example.org"}).status_code == 202
    answer = post({"email": ADA})
    assert answer.status_code == 429
    assert answer["Retry-After"] in answer.json()["errors"]["_"][0]
    assert post({"email": ADA}, sender="192.0.2.2").status_code == 202


def test_a_filled_trap_stores_nothing_and_is_answered_alike(article: Article) -> None:
    assert post({"email": ADA, "website": "https://spam.example/"}).status_code == 202
    assert not Follower.objects.exists()
    assert not Mail.objects.exists()


def test_nothing_is_done_by_a_get(article: Article) -> None:
    assert Client().get("/api/articles/bridges/follow?email=ada@example.org").status_code == 405
    assert not Follower.objects.exists()
