"""The keys of webhooks outlive a change of the secret key, and stand in no row."""

from typing import Any

import pytest

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.models import Delivery, Hook
from corrections.webhooks.endpoints import change_hook, rotate_secret
from corrections.webhooks.enqueue import ping_hook
from corrections.webhooks.signing_keys import current_secret
from newsroom.accounts.roles import DESK_CHIEF
from tests.support.factories import make_editor
from tests.support.webhook_receiver import Receiver
from tests.support.webhook_steps import make_hook, tick, verified, wait_for_next_try
from tests.support.withheld_words import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_receivers")]


def test_the_secret_outlives_a_change_of_the_site_s_key_and_no_row_holds_it(receiver: Receiver, settings: Any) -> None:
    hook = make_hook(receiver.url)
    secret = current_secret(hook)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "k" * 50, [settings.SECRET_KEY]

    tick()

    assert verified(receiver.got[0], hook, secret=secret)
    assert secret not in everything_stored()
    assert receiver.url not in everything_stored()
    settings.SECRET_KEY_FALLBACKS = []  # what was used is encrypted anew
    hook = Hook.objects.get()
    assert (current_secret(hook), hook.url) == (secret, receiver.url)


def test_a_webhook_whose_secret_is_lost_is_disabled_and_says_so(receiver: Receiver, settings: Any) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    ping_hook(hook, by=chief)
    settings.SECRET_KEY = "k" * 50

    tick()

    hook.refresh_from_db()
    assert (receiver.got, hook.enabled) == ([], False)
    assert "change the secret" in hook.disabled_why
    rotate_secret(hook, by=chief)
    hook.refresh_from_db()
    hook.enabled, hook.url = True, receiver.url
    change_hook(hook, by=chief, changed=["enabled", "url"])
    wait_for_next_try(Delivery.objects.get())
    tick()
    assert verified(receiver.got[0], hook)["type"] == "ping"
