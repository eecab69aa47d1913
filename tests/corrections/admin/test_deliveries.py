"""The desk chief looks deliveries up and sends them again."""

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from corrections.models import Delivery
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Act
from tests.support.desk_page import Desk
from tests.support.webhook_receiver import Receiver, receiving
from tests.support.webhook_steps import make_hook, tick, verified

pytestmark = pytest.mark.django_db
LIST = "/admin/corrections/hook/"
LOG = "/admin/corrections/delivery/"


@pytest.fixture(autouse=True)
def local_receivers(settings: Any) -> None:
    settings.WEBHOOK_ALLOW = ["127.0.0.1"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def chief() -> Desk:
    return Desk(group=DESK_CHIEF)


def words(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def test_a_test_message_is_sent_looked_up_and_replayed(chief: Desk, receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    receiver.answers, receiver.text = [500, 204], b"<b>out of order</b>"
    sent = chief.client.post(f"{LIST}{hook.pk}/test/", follow=True)
    assert "A test message is on its way" in words(sent)
    tick()

    delivery = Delivery.objects.get()
    page = chief.client.get(f"{LOG}{delivery.pk}/change/")
    assert "<b>out of order</b>" in words(page)
    assert "500" in words(chief.client.get(LOG))
    replayed = chief.client.post(f"{LOG}{delivery.pk}/replay/", follow=True)
    assert "It is being sent again" in words(replayed)
    tick()

    assert verified(receiver.got[-1], hook)["type"] == "ping"
    assert "204" in words(chief.client.get(LOG))
    assert list(Act.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "replay_webhook",
        "test_webhook",
    ]
