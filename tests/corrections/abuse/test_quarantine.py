"""What came in a flood is held until an editor lets it in or throws it out."""

from typing import Any

import pytest
from django.test import Client

from corrections.abuse.quarantine import held_suggestions
from corrections.models import Case, Suggestion
from corrections.triage.pipeline import claim_received
from newsroom.models import Act, Article
from tests.support.factories import make_article, make_editor
from tests.support.sending import API, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


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
