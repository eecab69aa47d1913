"""A receiver believes what the webhook signed, and nothing else."""

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.models import Hook
from corrections.webhooks.endpoints import ROTATION_OVERLAP, rotate_secret
from corrections.webhooks.enqueue import ping_hook
from corrections.webhooks.signing_keys import current_secret
from newsroom.accounts.roles import DESK_CHIEF
from tests.support.factories import make_editor
from tests.support.webhook_receiver import Receiver
from tests.support.webhook_steps import make_hook, tick, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_receivers")]


def test_a_message_that_was_changed_or_signed_by_another_is_not_believed(receiver: Receiver) -> None:
    hook, other = make_hook(receiver.url), make_hook(receiver.url)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    tick()
    [got] = receiver.got

    assert verified(got, hook)["type"] == "ping"
    with pytest.raises(WebhookVerificationError):
        verified(got, other)
    with pytest.raises(WebhookVerificationError):
        Webhook(current_secret(hook)).verify(got.body.replace(b"ping", b"pong"), got.headers)


def test_for_a_day_both_secrets_sign_and_then_the_new_one_alone(receiver: Receiver) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    old = current_secret(hook)
    hook = rotate_secret(hook, by=chief)
    new = current_secret(hook)

    ping_hook(hook, by=chief)
    tick()
    Hook.objects.update(rotated_at=timezone.now() - ROTATION_OVERLAP)
    ping_hook(hook, by=chief)
    tick()

    first, second = receiver.got
    assert old != new
    assert verified(first, hook, secret=old) == verified(first, hook, secret=new)
    assert verified(second, hook, secret=new)
    with pytest.raises(WebhookVerificationError):
        verified(second, hook, secret=old)
