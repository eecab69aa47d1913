"""What each gauge counts, row by row."""

from datetime import timedelta

import pytest
import redis
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.contacts.outbox import queue_mail
from corrections.models import OPEN_STATES, Mail, Suggestion
from corrections.statistics.gauges import collect_gauges
from corrections.triage.pipeline import triage_suggestion
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Act
from newsroom.operations.environment import redis_client_url
from newsroom.operations.heartbeat import QUEUE, write_heartbeat
from tests.conftest import Broker
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import contact_of, make_reader
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db


def gauges() -> dict[str, dict[str, float]]:
    return {gauge.name: gauge.values for gauge in collect_gauges()}


def test_an_empty_desk_has_a_value_for_every_gauge(broker: Broker) -> None:
    found = gauges()
    assert found["broker_up"] == {"": 1}
    assert found["worker_up"] == found["queue_depth"] == {"": 0}
    assert found["suggestions"] == {"received": 0, "held": 0, "failed": 0}
    assert found["triage_seconds"] == {"0.5": 0, "1": 0}
    assert found["oldest_waiting_seconds"] == found["newest_triaged_seconds"] == {"": 0}
    assert found["cases"] == dict.fromkeys(map(str, OPEN_STATES), 0)
    labels = {gauge.name: gauge.label for gauge in collect_gauges() if gauge.label}
    assert labels == {"suggestions": "state", "cases": "state", "triage_seconds": "quantile"}


def test_queue_and_worker_are_those_of_the_broker(broker: Broker) -> None:
    write_heartbeat()
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        client.rpush(QUEUE, "message")
    assert (gauges()["worker_up"], gauges()["queue_depth"]) == ({"": 1}, {"": 1})


def test_suggestions_without_a_case_are_counted_by_state(broker: Broker) -> None:
    article = make_article()
    triage_suggestion(make_suggestion(article).pk)
    for status in ("received", "received", "held", "failed"):
        suggestion = make_suggestion(article)
        Suggestion.objects.filter(pk=suggestion.pk).update(status=status)
    now = timezone.now()
    oldest = Suggestion.objects.filter(status="received").first()
    assert oldest
    Suggestion.objects.filter(pk=oldest.pk).update(received_at=now - timedelta(seconds=90))
    assert gauges()["suggestions"] == {"received": 2, "held": 1, "failed": 1}
    assert 90 <= gauges()["oldest_waiting_seconds"][""] < 100


def test_the_wait_for_triage_is_that_of_the_days_last_ones(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    article, now = make_article(), timezone.now()
    # The oldest lies before the last three, and one is not known by its sender any more.
    for age, wait, sender in ((500, 99, "a"), (400, 1, "a"), (300, 2, "b"), (200, 6, "c"), (100, 50, "")):
        suggestion = make_suggestion(article)
        triage_suggestion(suggestion.pk)
        received = now - timedelta(seconds=age)
        Suggestion.objects.filter(pk=suggestion.pk).update(
            received_at=received, triaged_at=received + timedelta(seconds=wait), address_hash=sender
        )
    monkeypatch.setattr("corrections.statistics.gauges.SAMPLE_SIZE", 3)
    found = gauges()
    assert found["triage_seconds"] == {"0.5": 2, "1": 6}
    assert 200 <= found["newest_triaged_seconds"][""] < 210


def test_cases_mails_and_messages_are_counted_while_somebody_has_to_act(broker: Broker) -> None:
    suggestion = make_reader(make_article())
    triage_suggestion(suggestion.pk)
    kinds = (Mail.Kind.RECEIVED, Mail.Kind.FIXED, Mail.Kind.QUESTION, Mail.Kind.DECLINED, Mail.Kind.MERGED)
    for kind, state in zip(kinds, ("owed", "claimed", "doubtful", "failed", "dropped"), strict=True):
        queue_mail(kind, suggestion=suggestion.pk, mailbox=contact_of(suggestion).mailbox_id)
        Mail.objects.filter(kind=kind).update(state=state)
    ping_hook(make_hook("https://example.org/"), by=make_editor(group=DESK_CHIEF))
    found = gauges()
    assert (found["mails_owed"], found["mails_in_doubt"], found["deliveries_waiting"]) == ({"": 2}, {"": 2}, {"": 1})
    assert found["cases"]["open"] == sum(found["cases"].values()) == 1
    assert (found["revisions"], found["audit_sequence"]) == ({"": 1}, {"": Act.objects.count()})
