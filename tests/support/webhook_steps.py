"""What the tests of webhooks do again and again."""

import json
from typing import Any

from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from corrections.models import SELECTABLE_EVENTS, Delivery, Hook, PayloadFormat
from corrections.webhooks.deliveries import claim_hook, deliver_due
from corrections.webhooks.endpoints import create_hook
from corrections.webhooks.enqueue import queue_deliveries
from corrections.webhooks.signing_keys import current_secret
from newsroom.accounts.roles import DESK_CHIEF
from tests.support.factories import make_editor
from tests.support.webhook_receiver import Got, Receiver


def make_hook(url: str, *, events: list[str] | None = None, form: PayloadFormat = PayloadFormat.STANDARD) -> Hook:
    told = [event.value for event in SELECTABLE_EVENTS] if events is None else events
    hook = Hook(name=f"Hook {Hook.objects.count() + 1}", url=url, events=told, form=form)
    create_hook(hook, by=make_editor(group=DESK_CHIEF))
    return hook


def tick() -> int | None:
    """What dispatch and the worker do in a second; returns the webhook that was served."""
    queue_deliveries()
    hook = claim_hook()
    if hook is not None:
        deliver_due(hook)
    return hook


def wait_for_next_try(delivery: Delivery) -> None:
    """The time to the next attempt goes by."""
    Delivery.objects.filter(pk=delivery.pk).update(next_try=timezone.now())
    Hook.objects.filter(pk=delivery.hook_id).update(rests_until=None)


def verified(got: Got, hook: Hook, *, secret: str = "") -> Any:
    """The message, read by the library that receivers use; raises where the signature does not fit."""
    hook.refresh_from_db()
    return Webhook(secret or current_secret(hook)).verify(got.body, got.headers)


def told(receiver: Receiver) -> list[str]:
    """The types of the messages that came, sorted."""
    return sorted(json.loads(got.body)["type"] for got in receiver.got)
