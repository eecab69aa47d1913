"""Failed log-ins lock an account out, and leave neither address nor browser behind."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from newsroom.accounts.login_limits import FAILURES_OF_A_NETWORK
from newsroom.models import KnownNetwork
from tests.newsroom.accounts.test_password_hashing import HASHER, all_slots_taken
from tests.support.desk_login import log_in, works
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_the_sixth_try_is_locked_out_for_this_account_from_this_address(client: Client) -> None:
    editor, other = make_editor(), make_editor()
    answers = [log_in(client, editor, password="wrong").status_code for _turn in range(5)]
    locked = log_in(client, editor)

    assert answers == [200] * 4 + [429]
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert "quarter of an hour" in locked.content.decode()
    assert log_in(Client(), editor, REMOTE_ADDR="192.0.2.8").status_code == 302
    assert log_in(Client(), other).status_code == 302


def test_a_quarter_of_an_hour_later_the_account_opens(client: Client) -> None:
    editor = make_editor()
    for _turn in range(6):
        log_in(client, editor, password="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))

    assert log_in(client, editor).status_code == 302
    assert works(client)


def test_failures_noted_a_day_ahead_lock_no_longer_than_those_of_now(client: Client) -> None:
    editor = make_editor()
    for _turn in range(6):
        log_in(client, editor, password="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() + timedelta(days=1))
    assert log_in(client, editor).status_code == 429
    assert AccessAttempt.objects.get().attempt_time <= timezone.now()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert log_in(client, editor).status_code == 302


def test_a_failed_log_in_keeps_neither_address_nor_browser(client: Client) -> None:
    log_in(client, make_editor(), password="wrong", REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Canary/7")

    row = str(AccessAttempt.objects.values().get())
    assert "192.0.2.77" not in row
    assert "Canary" not in row
    assert "wrong" not in row


def made_up(number: int, **meta: str) -> Any:
    """A log-in under a name that nobody has."""
    client = Client(raise_request_exception=False)
    return client.post("/admin/login/", {"username": f"nobody-{number}", "password": "x"}, **meta)  # type: ignore[arg-type]


def close_the_network() -> None:
    for number in range(FAILURES_OF_A_NETWORK):
        assert made_up(number).status_code == 200


@pytest.mark.both_databases
def test_a_network_that_tries_many_names_is_refused_before_any_hashing(settings: Settings) -> None:
    close_the_network()
    settings.PASSWORD_HASHERS = [HASHER]
    with all_slots_taken():
        refused = made_up(99)
        elsewhere = made_up(99, REMOTE_ADDR="192.0.2.8")

    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (429, "900", "no-store")
    assert "Too many log-ins failed from your network." in refused.content.decode()
    assert elsewhere.status_code == 503  # it wanted to hash


def test_a_network_opens_again(client: Client) -> None:
    close_the_network()
    assert made_up(99).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert made_up(99).status_code == 200


def test_who_logged_in_from_a_network_within_a_month_is_not_locked_out_by_others_there() -> None:
    at_home, stranger = make_editor(), make_editor()
    assert log_in(Client(), at_home).status_code == 302
    assert str(KnownNetwork.objects.get().network).startswith("fd")
    close_the_network()

    assert log_in(Client(), stranger).status_code == 429
    assert log_in(Client(), stranger, REMOTE_ADDR="192.0.2.8").status_code == 302
    assert log_in(Client(), at_home, password="wrong").status_code == 200
    assert log_in(Client(), at_home).status_code == 302
    KnownNetwork.objects.update(seen_at=timezone.now() - timedelta(days=31))
    assert log_in(Client(), at_home).status_code == 429


def test_failures_of_those_at_home_do_not_close_the_network_for_others() -> None:
    editors = [make_editor() for _turn in range(3)]
    for editor in editors:
        log_in(Client(), editor)
        for _turn in range(4):
            log_in(Client(), editor, password="wrong")
    assert made_up(1).status_code == 200


def test_networks_are_forgotten_after_a_month() -> None:
    log_in(Client(), make_editor())
    KnownNetwork.objects.update(seen_at=timezone.now() - timedelta(days=31))
    log_in(Client(), editor := make_editor())
    assert KnownNetwork.objects.get().editor == editor
