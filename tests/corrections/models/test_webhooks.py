"""What the database refuses of a delivery, and which still wait."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.models import Delivery
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def owed(settings: Any) -> dict[str, Any]:
    hook = make_hook("https://192.0.2.1/x")
    return {"hook": hook, "event": "ping", "subject": 1, "happened_at": NOW, "next_try": NOW}


@pytest.mark.parametrize(
    "change",
    [{"next_try": None}, {"settled_at": NOW}, {"state": "delivered"}, {"state": "given_up", "next_try": None}],
)
def test_a_delivery_waits_for_a_moment_or_is_settled(owed: dict[str, Any], change: dict[str, Any]) -> None:
    Delivery.objects.create(message_id="one", **owed)
    with pytest.raises(IntegrityError, match="delivery_waits_for_a_moment"), transaction.atomic():
        Delivery.objects.update(**change)


def test_an_event_is_told_to_a_webhook_once(owed: dict[str, Any]) -> None:
    Delivery.objects.create(message_id="one", **owed)
    Delivery.objects.create(message_id="two", **{**owed, "subject": 2})
    with pytest.raises(IntegrityError, match="delivery_told_once"), transaction.atomic():
        Delivery.objects.create(message_id="three", **owed)


def test_a_settled_delivery_waits_no_more(owed: dict[str, Any]) -> None:
    waits = Delivery.objects.create(message_id="one", **owed)
    settled = {**owed, "subject": 2, "next_try": None, "state": "delivered", "settled_at": NOW}
    Delivery.objects.create(message_id="two", **settled)
    assert list(Delivery.objects.waiting()) == [waits]
