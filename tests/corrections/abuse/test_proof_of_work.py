"""Work is asked for while the site is busy, and each puzzle is good for once."""

import base64
import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from corrections.abuse.quarantine import held_suggestions
from corrections.models import Suggestion
from newsroom.models import Article
from tests.support.factories import make_article
from tests.support.sending import API, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


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
