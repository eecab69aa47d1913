"""Queue webhook events as Delivery rows (transactional outbox)."""

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from corrections.jobs.failures import primary_key, run_each
from corrections.models import Delivery, Event, FailedJob, Hook, PayloadFormat
from corrections.webhooks.endpoints import CHANGE_HOOK, record_act, require_permission
from corrections.webhooks.events import MAX_EVENTS, Occurrence, parse_occurrence, pending_events, read_event
from corrections.webhooks.payloads import render_payload
from newsroom.models import Editor

CURSOR_STEP = timedelta(minutes=1)  # how often `told_until` moves forward, instead of at each tick


class HookDisabled(Exception):
    """The webhook is disabled, so nothing is sent to it."""


def queue_deliveries() -> int:
    """Queue a delivery of each pending event for each enabled webhook; returns how many webhooks it did so for.

    Idempotent, also for two dispatchers at once: deliveries are unique by webhook, event, row and time.
    """
    return run_each(FailedJob.Kind.WEBHOOK, Hook.objects.filter(enabled=True), _queue_for, key=primary_key)


def ping_hook(hook: Hook, *, by: Editor) -> Delivery:
    """Queue a test message. Raises HookDisabled, NotPermitted."""
    require_permission(by, CHANGE_HOOK)
    if not hook.enabled:
        raise HookDisabled
    now = timezone.now()
    with transaction.atomic():
        delivery = _delivery(hook, Occurrence(Event.PING, hook.pk, now), {"webhook": hook.name}, now)
        delivery.save(force_insert=True)
        Hook.objects.filter(pk=hook.pk).update(rests_until=None)
        record_act("test_webhook", hook, by=by, message=delivery.message_id)
    return delivery


def _queue_for(hook: Hook) -> None:
    """Each event by itself: one that cannot be read or stored delays no other."""
    now = timezone.now()
    if max(hook.listens_since, hook.told_until) > now:
        # Set by a clock that was ahead: what happens until then would never be told.
        hook.listens_since, hook.told_until = min(hook.listens_since, now), min(hook.told_until, now)
        hook.save(update_fields=["listens_since", "told_until"])
    failed = _failed_events(hook)
    found = pending_events(hook, besides=len(failed))
    untried = dict.fromkeys(each for each in found if each not in failed)

    def queue(each: Occurrence) -> None:
        untried.pop(each, None)
        _queue_event(hook, each)

    run_each(FailedJob.Kind.EVENT, [*failed, *untried], queue, key=partial(_job_key, hook))
    # The mark may pass a failed event: its job keeps what is to be told.
    if len(found) < MAX_EVENTS and not untried and hook.told_until < now - CURSOR_STEP:
        Hook.objects.filter(pk=hook.pk).update(told_until=now)


def _failed_events(hook: Hook) -> list[Occurrence]:
    keys = FailedJob.objects.filter(kind=FailedJob.Kind.EVENT, key__startswith=_job_key(hook, ""))
    return [parse_occurrence(key.partition(" ")[2]) for key in keys.values_list("key", flat=True)]


def _job_key(hook: Hook, occurrence: object) -> str:
    return f"{hook.pk} {occurrence}"


def _queue_event(hook: Hook, occurrence: Occurrence) -> None:
    """Nothing is owed of an event that the webhook does not listen to any longer, or whose row is gone."""
    if occurrence.event not in hook.events or occurrence.at < hook.listens_since:
        return
    if (data := read_event(occurrence)) is None:
        return
    # Two dispatchers may find the same event; the unique constraint keeps one delivery.
    Delivery.objects.bulk_create([_delivery(hook, occurrence, data, timezone.now())], ignore_conflicts=True)


def _delivery(hook: Hook, occurrence: Occurrence, data: dict[str, Any], now: datetime) -> Delivery:
    return Delivery(
        message_id=f"msg_{uuid.uuid4().hex}",
        hook=hook,
        event=occurrence.event,
        subject=occurrence.subject,
        happened_at=occurrence.at,
        payload=render_payload(PayloadFormat(hook.form), occurrence.event, data, at=occurrence.at),
        next_try=now,
    )
