"""Queue webhook events as Delivery rows (transactional outbox)."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from corrections.jobs.failures import primary_key, run_each
from corrections.models import Delivery, Event, FailedJob, Hook, PayloadFormat
from corrections.webhooks.endpoints import CHANGE_HOOK, record_act, require_permission
from corrections.webhooks.events import MAX_EVENTS, WebhookEvent, pending_events
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
        delivery = _delivery(hook, WebhookEvent(Event.PING, hook.pk, now, {"webhook": hook.name}), now)
        delivery.save(force_insert=True)
        Hook.objects.filter(pk=hook.pk).update(rests_until=None)
        record_act("test_webhook", hook, by=by, message=delivery.message_id)
    return delivery


def _queue_for(hook: Hook) -> None:
    now = timezone.now()
    if max(hook.listens_since, hook.told_until) > now:
        # Set by a clock that was ahead: what happens until then would never be told.
        hook.listens_since, hook.told_until = min(hook.listens_since, now), min(hook.told_until, now)
        hook.save(update_fields=["listens_since", "told_until"])
    events = pending_events(hook)
    # Two dispatchers may find the same events; the unique constraint keeps one delivery of each.
    Delivery.objects.bulk_create((_delivery(hook, each, now) for each in events), ignore_conflicts=True)
    if len(events) < MAX_EVENTS and hook.told_until < now - CURSOR_STEP:
        Hook.objects.filter(pk=hook.pk).update(told_until=now)


def _delivery(hook: Hook, event: WebhookEvent, now: datetime) -> Delivery:
    return Delivery(
        message_id=f"msg_{uuid.uuid4().hex}",
        hook=hook,
        event=event.event,
        subject=event.subject,
        happened_at=event.at,
        payload=render_payload(PayloadFormat(hook.form), event.event, event.data, at=event.at),
        next_try=now,
    )
