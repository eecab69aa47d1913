"""Deliveries are owed for what a webhook listens to, from when it was there."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.desk.failed_jobs import read_set_aside
from corrections.jobs.failures import RETRY_DELAYS, record_failure, retry_set_aside
from corrections.models import Delivery, Event, FailedJob, Hook
from corrections.webhooks import enqueue, events
from corrections.webhooks.enqueue import queue_deliveries
from corrections.webhooks.events import OVERLAP, Occurrence
from tests.support.databases import Database
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article
from tests.support.poison import cure, poison
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


def test_an_event_that_raises_is_set_aside_alone_and_told_when_its_cause_is_gone(
    committed_db: Database, receiver: Receiver
) -> None:
    hook = make_hook(receiver.url, events=["revision.published"])
    sick, *well = (current_revision(make_article()) for _turn in range(3))
    poison(sick, "true", on=Delivery, column="subject")

    tick()
    assert told_digests(receiver) == [each.digest for each in well]
    FailedJob.objects.update(attempts=len(RETRY_DELAYS), retry_at=None)
    Hook.objects.update(told_until=timezone.now() + OVERLAP)  # the mark has passed it
    [aside] = read_set_aside(10)
    assert (aside.job.kind, aside.url) == ("event", f"/admin/corrections/hook/{hook.pk}/change/")
    assert "poisoned" in aside.job.error
    cure()
    tick()
    assert len(receiver.got) == 2

    retry_set_aside()
    tick()
    tick()
    assert told_digests(receiver)[2:] == [sick.digest]
    assert not FailedJob.objects.exists()


def test_events_that_raise_take_no_others_place_in_a_tick(
    committed_db: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (enqueue, events):
        monkeypatch.setattr(module, "MAX_EVENTS", 2)
    make_hook(receiver.url, events=["revision.published"])
    for _turn in range(3):
        poison(current_revision(make_article()), "true", on=Delivery, column="subject")
    well = current_revision(make_article())

    tick()
    tick()

    assert told_digests(receiver) == [well.digest]
    assert FailedJob.objects.count() == 3


def test_of_what_a_webhook_no_longer_listens_to_nothing_is_tried_again(receiver: Receiver) -> None:
    hook = make_hook(receiver.url, events=["revision.published"])
    revision = current_revision(make_article())
    missed = Occurrence(Event.REVISION_PUBLISHED, revision.pk, revision.published_at)
    gone = replace(missed, subject=revision.pk + 1)
    old = replace(missed, at=hook.listens_since - timedelta(seconds=1))
    deaf = replace(missed, event=Event.CASE_CREATED)
    for each in (missed, gone, old, deaf):
        record_failure(FailedJob.Kind.EVENT, f"{hook.pk} {each}", LookupError())
    FailedJob.objects.update(retry_at=timezone.now())

    tick()

    assert told_digests(receiver) == [revision.digest]
    assert not FailedJob.objects.exists()


def told_digests(receiver: Receiver) -> list[str]:
    return [json.loads(got.body)["data"]["digest"] for got in receiver.got]
