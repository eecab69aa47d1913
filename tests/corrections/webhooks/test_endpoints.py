"""Webhooks are made and changed by the chief alone."""

from datetime import timedelta

import pytest

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.webhooks.deliveries import (
    replay_delivery,
)
from corrections.webhooks.endpoints import change_hook, rotate_secret, signing_secrets
from corrections.webhooks.enqueue import ping_hook
from corrections.webhooks.signing_keys import current_secret
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.publishing.policy import NotPermitted
from tests.support.factories import make_editor
from tests.support.webhook_receiver import Receiver
from tests.support.webhook_steps import make_hook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_receivers")]


def test_nobody_but_the_chief_replays_or_changes(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    for verb in (
        lambda by: replay_delivery(delivery, by=by),
        lambda by: ping_hook(hook, by=by),
        lambda by: rotate_secret(hook, by=by),
        lambda by: change_hook(hook, by=by, changed=["name"]),
    ):
        with pytest.raises(NotPermitted):
            verb(make_editor(group=STANDARDS_EDITOR))


@pytest.mark.parametrize(("microseconds", "secrets"), [(-1, 2), (0, 1)])
def test_the_earlier_secret_signs_for_another_day(microseconds: int, secrets: int) -> None:
    hook = make_hook("https://example.org/")
    earlier = current_secret(hook)
    hook = rotate_secret(hook, by=make_editor(group=DESK_CHIEF))
    assert hook.rotated_at
    now = hook.rotated_at + timedelta(hours=24, microseconds=microseconds)
    assert signing_secrets(hook, now=now) == [current_secret(hook), earlier][:secrets]
