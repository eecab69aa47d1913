"""Webhooks are made and changed by the chief alone."""

import pytest

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.webhooks.deliveries import (
    replay_delivery,
)
from corrections.webhooks.endpoints import change_hook, rotate_secret
from corrections.webhooks.enqueue import ping_hook
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
