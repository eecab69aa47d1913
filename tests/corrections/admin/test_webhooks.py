"""Webhooks at the desk: set up, shown once, tested, replayed; every change in the record."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from corrections.models import Delivery, Hook
from corrections.webhooks.signing_keys import current_secret
from newsroom.accounts.roles import AUDITOR, DESK_CHIEF
from newsroom.models import Act
from tests.support.desk_page import Desk
from tests.support.webhook_receiver import Receiver, receiving
from tests.support.webhook_steps import make_hook, tick

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


def typed(url: str, **more: Any) -> dict[str, Any]:
    return {
        "name": "Newsroom chat",
        "url": url,
        "events": ["case.created"],
        "form": "standard",
        "enabled": "on",
        **more,
    }


def words(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def test_a_webhook_is_added_and_its_secret_shown_once(chief: Desk, receiver: Receiver) -> None:
    answer = chief.client.post(f"{LIST}add/", typed(receiver.url))

    hook = Hook.objects.get()
    secret = current_secret(hook)
    assert secret in words(answer)
    assert "no-store" in answer["Cache-Control"]
    assert hook.events == ["case.created"]
    for address in (LIST, f"{LIST}{hook.pk}/change/", f"{LIST}{hook.pk}/history/"):
        assert secret.removeprefix("whsec_") not in chief.client.get(address).content.decode()
    act = Act.objects.latest("sequence")
    assert (act.verb, act.actor_name) == ("add_webhook", chief.editor.username)
    # What follows the host of a chat tool's address is a key, and the record is for ever.
    assert json.loads(act.payload)["receiver"] == "127.0.0.1"
    assert "room=1" not in act.payload


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://news.example/hook", "begin with https://"),
        ("https://10.0.0.1/hook", "10.0.0.1, which is not public"),
        ("https://169.254.169.254/latest/", "169.254.169.254, which is not public"),
        ("https://[::ffff:127.0.0.1]/", "which is not public"),
        ("https://user:word@news.example/", "Leave the user name and password out"),
        ("https://news.example:22/", "Port 22 is only for"),
        ("https://news.example/#x", "follows the #"),
        ("https://nobody.invalid/", "nobody.invalid is not known"),
        ("news", "begin with https://"),
        ("https:///hook", "Write the full address"),
    ],
)
def test_a_wrong_address_is_refused_beside_its_field(url: str, sentence: str, chief: Desk) -> None:
    answer = chief.client.post(f"{LIST}add/", typed(url))

    [errors] = html.fromstring(answer.content).xpath("//div[contains(@class, 'field-url')]//ul[@class='errorlist']")
    assert sentence in errors.text_content()
    assert not Hook.objects.exists()


def test_a_webhook_that_is_told_nothing_is_refused(chief: Desk, receiver: Receiver) -> None:
    answer = chief.client.post(f"{LIST}add/", typed(receiver.url, events=[]))

    assert "field is required" in words(answer)


def test_a_change_is_recorded_and_needs_no_receiver_that_answers(chief: Desk) -> None:
    with receiving() as receiver:
        hook = make_hook(receiver.url)

    answer = chief.client.post(
        f"{LIST}{hook.pk}/change/", typed(receiver.url, events=["revision.published"], enabled="")
    )

    hook.refresh_from_db()
    assert (answer.status_code, hook.enabled, hook.events) == (302, False, ["revision.published"])
    act = Act.objects.latest("sequence")
    assert (act.verb, json.loads(act.payload)["changed"]) == ("change_webhook", ["enabled", "events", "name"])


def test_a_new_secret_is_shown_once(chief: Desk, receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    old = current_secret(hook)

    answer = chief.client.post(f"{LIST}{hook.pk}/secret/")

    hook.refresh_from_db()
    assert current_secret(hook) in words(answer)
    assert old not in words(answer)
    assert Act.objects.latest("sequence").verb == "rotate_webhook_secret"


def test_a_disabled_webhook_says_why_and_sends_nothing(chief: Desk, receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    receiver.answers = [410]
    chief.client.post(f"{LIST}{hook.pk}/test/")
    tick()

    assert "The receiver answered 410 Gone." in words(chief.client.get(f"{LIST}{hook.pk}/change/"))
    for address in (f"{LIST}{hook.pk}/test/", f"{LOG}{Delivery.objects.get().pk}/replay/"):
        assert "Nothing is sent to a webhook that is not enabled" in words(chief.client.post(address, follow=True))


def test_an_auditor_sees_the_host_and_no_key(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    page = Desk(group=AUDITOR).client.get(f"{LIST}{hook.pk}/change/")

    assert "127.0.0.1" in words(page)
    assert "room=1" not in page.content.decode()
    assert "New case" in words(page)
    assert "Make a new secret" not in words(page)
