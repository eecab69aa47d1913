"""How much one sender may send, with the broker and without, and what is held when the whole site is flooded."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from corrections.abuse.senders import sender_hash
from corrections.models import Case, Suggestion
from corrections.triage.pipeline import triage_batch
from newsroom.models import Article
from tests.conftest import Broker
from tests.support.databases import Database
from tests.support.factories import make_article
from tests.support.sending import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def age(seconds: float) -> None:
    """Let what was sent so far lie longer ago, in the rows."""
    for suggestion in Suggestion.objects.all():
        moment = suggestion.received_at - timedelta(seconds=seconds)
        Suggestion.objects.filter(pk=suggestion.pk).update(received_at=moment)


def test_the_sixth_within_a_minute_is_asked_to_come_again(client: Client, article: Article) -> None:
    taken = [send(client).status_code for _turn in range(5)]
    refused = send(client)

    assert taken == [202] * 5
    assert refused.status_code == 429
    assert 55 <= int(refused["Retry-After"]) <= 60
    assert refused["Retry-After"] in refused.json()["errors"]["_"][0]
    assert Suggestion.objects.count() == 5
    assert send(client, address="192.0.2.2").status_code == 202


def test_replays_and_refusals_do_not_count(committed_db: Database, client: Client, article: Article) -> None:
    first = send(client, key="one-of-sixteen-characters")
    for _turn in range(10):
        assert send(client, key="one-of-sixteen-characters").json() == first.json()
        assert send(client, category="rant").status_code == 422

    assert [send(client).status_code for _turn in range(5)] == [202, 202, 202, 202, 429]
    # Also now: whoever asks again for what is stored is told, and another body under the key is still refused.
    assert send(client, key="one-of-sixteen-characters").json() == first.json()
    assert send(client, key="one-of-sixteen-characters", note="else").status_code == 422


def test_a_house_with_ipv6_is_one_sender(client: Client, article: Article) -> None:
    answers = [send(client, address=f"2001:db8:1:2::{turn}").status_code for turn in range(6)]

    assert answers == [202] * 5 + [429]
    assert send(client, address="2001:db8:1:3::1").status_code == 202
    assert sender_hash("::ffff:192.0.2.1") == sender_hash("192.0.2.1")


def test_forged_forwarding_makes_no_new_sender(client: Client, article: Article) -> None:
    forged = [send(client, forwarded=f"198.51.100.{turn}").status_code for turn in range(100)]

    assert forged.count(202) == 5


@pytest.mark.both_databases
def test_without_the_broker_the_rows_are_counted(
    client: Client, committed_db: Database, broker: Broker, article: Article
) -> None:
    broker.kill()

    assert [send(client).status_code for _turn in range(6)] == [202] * 5 + [429]
    age(61)
    assert [send(client).status_code for _turn in range(6)] == [202] * 5 + [429]
    for _turn in range(2):
        age(61)
        assert [send(client).status_code for _turn in range(5)] == [202] * 5
    age(61)
    refused = send(client)
    assert refused.status_code == 429
    assert 3300 < int(refused["Retry-After"]) <= 3600
    # The three 429s before these were refusals too.
    assert [send(client, category="rant").status_code for _turn in range(120)].count(422) == 117


def test_without_the_broker_a_process_counts_those_who_ask_to_follow(
    client: Client, committed_db: Database, broker: Broker, article: Article
) -> None:
    broker.kill()
    asked = [client.post("/articles/bridges/follow/", {"email": "ada@example.org"}).status_code for _turn in range(6)]
    assert asked == [200] * 5 + [429]


def test_many_at_once_do_not_pass_together(committed_db: Database, broker: Broker, article: Article) -> None:
    assert sorted(at_once(8)) == [202] * 5 + [429] * 3


def test_many_at_once_do_not_pass_together_without_the_broker(
    committed_db: Database, broker: Broker, article: Article
) -> None:
    broker.kill()

    assert sorted(at_once(8)) == [202] * 5 + [429] * 3


def at_once(number: int) -> list[int]:
    answers: list[int] = []
    barrier = threading.Barrier(number)

    def one() -> None:
        barrier.wait()
        answers.append(send(Client()).status_code)
        connection.close()

    threads = [threading.Thread(target=one) for _turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_sender_who_repeats_is_one_reader(client: Client, article: Article) -> None:
    sent = [send(client), send(client), send(client, address="192.0.2.2")]
    triage_batch([answer.json()["id"] for answer in sent])
    triage_batch([send(client, address="192.0.2.2").json()["id"]])

    assert Case.objects.get().readers == 2
