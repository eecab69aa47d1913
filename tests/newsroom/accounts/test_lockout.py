"""Failed log-ins lock an account out, and leave neither address nor browser behind."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

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


def test_a_failed_log_in_keeps_neither_address_nor_browser(client: Client) -> None:
    log_in(client, make_editor(), password="wrong", REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Canary/7")

    row = str(AccessAttempt.objects.values().get())
    assert "192.0.2.77" not in row
    assert "Canary" not in row
    assert "wrong" not in row
