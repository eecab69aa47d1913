"""How much one sender may send, with the broker and without, and what is held when the whole site is flooded."""

import base64
import hashlib
import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from corrections.abuse import form_timestamps as stamps
from corrections.abuse.quarantine import held_suggestions
from corrections.abuse.senders import sender_hash
from corrections.models import Case, Suggestion
from corrections.triage.pipeline import claim_received, triage_batch
from newsroom.models import Act, Article
from tests.conftest import Broker
from tests.support.databases import Database
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
API = "/api/suggestions"
TYPED = {"exact": "recieve", "replacement": "receive", "category": "typo", "revision": "1"}


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def send(client: Client, *, address: str = "192.0.2.1", key: str = "", forwarded: str = "", **changes: Any) -> Any:
    quote = {"field": "body", "exact": "recieve", "prefix": "will ", "suffix": " the", "start": 17, "end": 24}
    body = {"article": "bridges", "revision": 1, "quote": quote, "replacement": "receive", "category": "typo"}
    headers = {"Idempotency-Key": key} | ({"X-Forwarded-For": forwarded} if forwarded else {})
    return client.post(
        API, json.dumps(body | changes), content_type="application/json", headers=headers, REMOTE_ADDR=address
    )


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
    first = send(client, key="one")
    for _turn in range(10):
        assert send(client, key="one").json() == first.json()
        assert send(client, category="rant").status_code == 422

    assert [send(client).status_code for _turn in range(5)] == [202, 202, 202, 202, 429]
    # Also now: whoever asks again for what is stored is told, and another body under the key is still refused.
    assert send(client, key="one").json() == first.json()
    assert send(client, key="one", note="else").status_code == 422


def test_a_house_with_ipv6_is_one_sender(client: Client, article: Article) -> None:
    answers = [send(client, address=f"2001:db8:1:2::{turn}").status_code for turn in range(6)]

    assert answers == [202] * 5 + [429]
    assert send(client, address="2001:db8:1:3::1").status_code == 202
    assert sender_hash("::ffff:192.0.2.1") == sender_hash("192.0.2.1")


def test_forged_forwarding_makes_no_new_sender(client: Client, article: Article) -> None:
    forged = [send(client, forwarded=f"198.51.100.{turn}").status_code for turn in range(100)]

    assert forged.count(202) == 5


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


def test_a_flood_is_held_for_a_look_and_let_in(client: Client, article: Article, settings: Any) -> None:
    settings.SUGGESTIONS_PER_MINUTE = 2
    settings.PROOF_OF_WORK = "off"

    answers = [send(client, address=f"192.0.2.{turn}") for turn in range(5)]

    assert [answer.status_code for answer in answers] == [202] * 5
    assert client.get(API + "/" + answers[4].json()["status_url"].split("/")[2]).json()["status"] == "received"
    assert len(held_suggestions(10)) == 3
    assert len(claim_received()) == 2
    client.force_login(make_editor())
    page = client.get("/admin/corrections/case/")
    assert b"held-back" in page.content
    first, *others = held_suggestions(10)
    client.post("/admin/corrections/case/held-back/", {"decision": "out", "suggestions": [str(first.pk), "x"]})
    client.post("/admin/corrections/case/held-back/", {"decision": "all"})

    assert held_suggestions(10) == []
    assert {suggestion.pk for suggestion in claim_received()} == {suggestion.pk for suggestion in others}
    first.refresh_from_db()
    assert first.status == Suggestion.Status.SPAM
    assert list(Act.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "let_in_suggestions",
        "throw_out_suggestions",
    ]
    assert not Case.objects.exists()


def test_what_was_thrown_out_is_declined_and_cannot_be_taken_back(
    client: Client, article: Article, settings: Any
) -> None:
    settings.SUGGESTIONS_PER_MINUTE = 1
    settings.PROOF_OF_WORK = "off"
    send(client)
    token = send(client, address="192.0.2.2").json()["status_url"].split("/")[2]
    client.force_login(make_editor())
    held = str(held_suggestions(1)[0].pk)
    client.post("/admin/corrections/case/held-back/", {"decision": "out", "suggestions": [held]})

    assert client.get(f"{API}/{token}").json()["status"] == "declined"
    assert client.post(f"{API}/{token}/withdraw", "{}", content_type="application/json").status_code == 409


# Signs of a person ---------------------------------------------------------------------------------------------------
def test_a_stamp_marks_and_never_refuses(client: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = client.get(f"{API}/stamp").json()["stamp"]
    for offered in ("", "made up", stamp):
        assert send(client, stamp=offered).status_code == 202
    monkeypatch.setattr(stamps, "MIN_AGE", 0)
    assert send(client, stamp=stamp).status_code == 202

    marks = list(Suggestion.objects.order_by("received_at").values_list("is_stamped", flat=True))
    assert marks == [False, False, False, True]


def test_work_is_asked_for_while_the_site_is_busy_and_holds_what_comes_without(
    client: Client, article: Article, settings: Any
) -> None:
    settings.SUGGESTIONS_PER_MINUTE = 3
    assert client.get(f"{API}/stamp").json()["puzzle"] is None
    send(client)
    send(client)  # more than half of three

    puzzle = client.get(f"{API}/stamp").json()["puzzle"]
    solution = solve(puzzle)
    send(client, pow=solution, note="did the work")
    settings.SUGGESTIONS_PER_MINUTE = 7
    send(client, pow=solution, note="the same work again")
    send(client, pow="bm90aGluZw==", note="no work")

    assert [suggestion.note for suggestion in held_suggestions(10)][-2:] == ["the same work again", "no work"]
    assert Suggestion.objects.get(note="did the work").status == Suggestion.Status.RECEIVED


@pytest.mark.parametrize("solution", ["W10=", "MQ==", "e30=", "ü", "x" * 2000, base64.b64encode(b"[" * 700).decode()])
def test_a_strangers_solution_does_no_harm(solution: str, client: Client, article: Article, settings: Any) -> None:
    settings.PROOF_OF_WORK = "on"

    assert send(client, pow=solution).status_code == 202
    assert len(held_suggestions(2)) == 1


def solve(puzzle: dict[str, Any]) -> str:
    for number in range(puzzle["maxNumber"] + 1):
        if hashlib.sha256(f"{puzzle['salt']}{number}".encode()).hexdigest() == puzzle["challenge"]:
            names = ("algorithm", "challenge", "salt", "signature")
            return base64.b64encode(
                json.dumps({name: puzzle[name] for name in names} | {"number": number}).encode()
            ).decode()
    raise AssertionError("the puzzle has no solution")


def test_a_sender_who_repeats_is_one_reader(client: Client, article: Article) -> None:
    sent = [send(client), send(client), send(client, address="192.0.2.2")]
    triage_batch([answer.json()["id"] for answer in sent])
    triage_batch([send(client, address="192.0.2.2").json()["id"]])

    assert Case.objects.get().readers == 2
