"""Deliveries are owed for what a webhook listens to, from when it was there."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.models import Hook
from corrections.webhooks.enqueue import queue_deliveries
from tests.support.desk_page import make_case
from tests.support.factories import make_article
from tests.support.webhook_receiver import Receiver
from tests.support.webhook_steps import make_hook, tick, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_receivers")]


def test_a_webhook_is_told_nothing_from_before_it_was_there_nor_of_what_it_does_not_listen_to(
    receiver: Receiver,
) -> None:
    make_case(make_article())
    make_hook(receiver.url)
    make_hook(receiver.url, events=["suggestion.decided"])

    tick()
    article = make_article()
    tick()

    assert told(receiver) == ["revision.published"]
    assert json.loads(receiver.got[0].body)["data"]["article"]["slug"] == article.slug


def test_the_mark_moves_on_and_a_tick_long_after_misses_nothing(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    Hook.objects.update(
        told_until=timezone.now() - timedelta(hours=9), listens_since=timezone.now() - timedelta(days=1)
    )
    article = make_article()  # in the night, when no worker ran
    Hook.objects.update(told_until=timezone.now() - timedelta(hours=9))

    tick()

    hook.refresh_from_db()
    assert hook.told_until > timezone.now() - timedelta(minutes=1)
    assert json.loads(receiver.got[0].body)["data"]["article"]["slug"] == article.slug


@pytest.mark.parametrize(("seconds", "moves"), [(60, False), (61, True)])
def test_the_mark_moves_once_a_minute(seconds: int, moves: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    make_hook("https://example.org/")
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    Hook.objects.update(told_until=now - timedelta(seconds=seconds))
    queue_deliveries()
    assert (Hook.objects.get().told_until == now) == moves
