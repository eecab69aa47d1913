"""What a webhook is to be told becomes a row that is owed to it."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from corrections.models import Delivery, Event, Form, Hook
from corrections.webhooks.endpoints import CHANGE, record, refuse_stranger
from corrections.webhooks.events import MOST, Happening, untold
from corrections.webhooks.payloads import body_of
from newsroom.models import Editor

STEP = timedelta(minutes=1)  # the mark is moved on that often, not at each tick


class HookDisabled(Exception):
    """Nothing is sent to a webhook that is not enabled."""


def note_events() -> int:
    """Make a delivery of everything that happened, for each webhook that listens; returns how many.

    Safe to run twice, and by two at once: each is unique by webhook, event, row and moment.
    """
    return sum(_note_for(hook) for hook in Hook.objects.filter(enabled=True))


def ping_hook(hook: Hook, *, by: Editor) -> Delivery:
    """Owe a webhook a test message. Raises HookDisabled, NotPermitted."""
    refuse_stranger(by, CHANGE)
    if not hook.enabled:
        raise HookDisabled
    now = timezone.now()
    with transaction.atomic():
        delivery = _delivery(hook, Happening(Event.PING, hook.pk, now, {"webhook": hook.name}), now)
        delivery.save(force_insert=True)
        Hook.objects.filter(pk=hook.pk).update(rests_until=None)
        record("test_webhook", hook, by=by, message=delivery.message_id)
    return delivery


def _note_for(hook: Hook) -> int:
    now = timezone.now()
    happenings = untold(hook)
    # Two dispatchers at once find the same; the constraint keeps one of each.
    Delivery.objects.bulk_create((_delivery(hook, each, now) for each in happenings), ignore_conflicts=True)
    if len(happenings) < MOST and hook.told_until < now - STEP:
        Hook.objects.filter(pk=hook.pk).update(told_until=now)
    return len(happenings)


def _delivery(hook: Hook, happening: Happening, now: datetime) -> Delivery:
    return Delivery(
        message_id=f"msg_{uuid.uuid4().hex}",
        hook=hook,
        event=happening.event,
        subject=happening.subject,
        happened_at=happening.at,
        payload=body_of(Form(hook.form), happening.event, happening.data, at=happening.at),
        next_try=now,
    )
