"""What stands in each kind of mail."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from corrections.decisions.outcomes import decline_case
from corrections.models import Case, Suggestion
from corrections.suggestions.status_tokens import status_token
from corrections.suggestions.summaries import headline_seen
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article
from tests.support.desk_page import Desk
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import (
    ADA,
    confirmation_link,
    html_of,
    make_reader,
    post_all,
    press,
)
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def case_of(suggestion: Suggestion) -> Case:
    case = triage_suggestion(suggestion.pk)
    assert case
    return case


def private(suggestion: Suggestion) -> str:
    return f"{settings.SITE_URL}/suggestions/{status_token(suggestion.pk)}/"


def test_a_confirmation_says_nothing_that_the_sender_of_a_suggestion_typed(article: Article) -> None:
    suggestion = make_suggestion(article, "recieve", "BUY GOLD", note="at gold.example", email=ADA)
    [message] = post_all()
    whole = message.message().as_string() + html_of(message) + message.body
    assert confirmation_link(suggestion) in message.body
    assert f'href="{settings.SITE_URL}{confirmation_link(suggestion)}"' in html_of(message)
    assert not any(word in whole for word in ("BUY GOLD", "gold.example", private(suggestion)))
    assert post_all() == []


@pytest.mark.both_databases
def test_the_receipt_comes_only_if_asked_for_and_brings_the_private_link(article: Article) -> None:
    first, second = make_suggestion(article, email=ADA), make_suggestion(article, "three", "four", email=ADA)
    post_all()
    press(confirmation_link(first))
    press(confirmation_link(second), receipt="1")
    press(confirmation_link(second), receipt="1")
    [message] = post_all()
    assert private(second) in message.body
    assert message.subject == "We have your suggestion for “Report on the bridges is due”"


def test_an_address_confirmed_after_the_decision_gets_the_outcome_alone(article: Article) -> None:
    suggestion = make_suggestion(article, email=ADA)
    post_all()
    decline_case(case_of(suggestion), by=make_editor(), reason="It is our style.")
    press(confirmation_link(suggestion), receipt="1")
    [message] = post_all()
    assert message.subject == "About your suggestion for “Report on the bridges is due”"
    assert private(suggestion) in message.body


@pytest.mark.both_databases
def test_what_was_published_is_shown_as_a_diff_with_a_link_to_the_spot(article: Article) -> None:
    suggestion = make_reader(article)
    case = case_of(suggestion)
    Desk().decide(case, "edit", wording="be handed & read", kind="clarification", note="It is handed over.")
    [message] = post_all()
    case.refresh_from_db()
    assert message.subject == "Published: your suggestion for “Report on the bridges is due”"
    assert "<del" in html_of(message)
    assert "be handed &amp; read</ins>" in html_of(message)
    assert "Before: The council will recieve the report on Tuesday." in message.body
    assert "After:  The council will be handed & read the report on Tuesday." in message.body
    spot = f"{case.spot_start}-{case.spot_end}"
    assert f"{settings.SITE_URL}/articles/bridges/revisions/2/?spot={spot}#spot-{spot}" in message.body
    assert "> It is handed over." in message.body
    assert post_all() == []


def test_a_mail_after_a_new_secret_key_brings_the_link_that_opens(
    article: Article, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion = make_reader(article)
    link = private(suggestion)
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
    monkeypatch.setattr(settings, "SECRET_KEY", "another key")
    decline_case(case_of(suggestion), by=make_editor(), reason="It is our style.")
    [message] = post_all()
    assert link in message.body
    assert client.get(link.removeprefix(settings.SITE_URL)).status_code == 200


def test_a_declined_suggestion_comes_with_its_reason_and_what_was_sent(article: Article) -> None:
    suggestion = make_reader(article)
    decline_case(case_of(suggestion), by=make_editor(), reason="It is our style.")
    [message] = post_all()
    day = date_format(timezone.localtime(suggestion.received_at), "j F Y")
    assert message.body.startswith(f"On {day} you wrote to us about the article “{headline_seen(suggestion)}”.\n")
    assert "> It is our style." in message.body
    assert (
        "Before: The council will recieve the report on Tuesday.\nAfter:  The council will receive the" in message.body
    )
    assert private(suggestion) in message.body
