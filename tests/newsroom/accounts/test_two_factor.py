"""The second factor of a log-in: set up, asked for, used once, switched off."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import AppFactor, RecoveryFactor
from tests.support.desk_login import DESK, SECOND_FACTOR, code_of, log_in, with_second_factor, works
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_a_code_is_asked_for_once_a_second_factor_is_set_up(client: Client) -> None:
    editor = make_editor()
    with_second_factor(editor)

    for code in ("", "000000", "x"):
        refused = log_in(client, editor, code=code)
        assert refused.status_code == 200
        assert "but the code is not" in refused.content.decode()
        AppFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert not works(client)
    accepted = code_of(editor)
    assert log_in(client, editor, code=accepted).status_code == 302
    assert works(client)
    assert log_in(Client(), editor, code=accepted).status_code == 200  # it counted once


def seconds_pass(seconds: float) -> None:
    for kind in (AppFactor, RecoveryFactor):
        kind.objects.update(throttling_failure_timestamp=F("throttling_failure_timestamp") - timedelta(seconds=seconds))


def test_wrong_codes_make_the_next_try_wait_and_the_wait_is_named(client: Client) -> None:
    editor, other = make_editor(), make_editor()
    with_second_factor(editor)
    with_second_factor(other)
    log_in(client, editor, code="000000")

    refused = log_in(client, editor, code=code_of(editor))
    assert refused.status_code == 200
    assert "try again in 1 second." in refused.content.decode()
    assert log_in(Client(), other, code=code_of(other)).status_code == 302  # the wait is the account's own


@pytest.mark.both_databases
def test_the_wait_is_a_minute_at_most_and_is_over_then(client: Client) -> None:
    editor = make_editor()
    with_second_factor(editor)
    for _turn in range(18):
        log_in(client, editor, code="000000")
        seconds_pass(64)
    log_in(client, editor, code="000000")
    assert "try again in 64 seconds." in log_in(client, editor, code=code_of(editor)).content.decode()

    seconds_pass(64)
    assert log_in(client, editor, code=code_of(editor)).status_code == 302


@pytest.mark.both_databases
def test_no_wrong_code_of_the_app_makes_a_recovery_code_wait(client: Client) -> None:
    editor = make_editor()
    recovery = with_second_factor(editor)[0]
    for wrong in ("000000", "00000", "0000000", "00000o", "000 000", "") * 3:
        log_in(client, editor, code=wrong)
        seconds_pass(64)
    assert RecoveryFactor.objects.get(user=editor).throttling_failure_count == 0
    log_in(client, editor, code="000000")

    assert log_in(client, editor, code=recovery).status_code == 302


@pytest.mark.both_databases
def test_any_success_ends_both_waits_of_that_editor_alone(client: Client) -> None:
    editor, other = make_editor(), make_editor()
    recovery = [with_second_factor(each)[:2] for each in (editor, other)]
    for each in (editor, other):
        log_in(Client(), each, code="000000")
        log_in(Client(), each, code="not-a-recovery-code")
    seconds_pass(1)

    assert log_in(client, editor, code=recovery[0][0]).status_code == 302

    for kind in (AppFactor, RecoveryFactor):
        assert kind.objects.get(user=editor).wait() == kind.objects.get(user=editor).throttling_failure_count == 0
        assert kind.objects.get(user=other).throttling_failure_count == 1


def test_a_recovery_code_opens_once(client: Client) -> None:
    editor = make_editor()
    first, *_others = with_second_factor(editor)

    assert log_in(client, editor, code=first).status_code == 302
    AppFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert log_in(Client(), editor, code=first).status_code == 200


@pytest.mark.parametrize("group", [STANDARDS_EDITOR, DESK_CHIEF])
def test_where_the_site_demands_it_nothing_opens_before_it_is_set_up(group: str, client: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "yes"
    editor, copy_editor = make_editor(group=group), make_editor()
    log_in(client, editor)

    assert client.get(DESK)["Location"] == SECOND_FACTOR
    assert client.post("/admin/newsroom/article/add/", {}).status_code == 302
    client.get(SECOND_FACTOR)
    client.post(SECOND_FACTOR, {"code": code_of(editor)})
    assert works(client)
    AppFactor.objects.update(last_t=-1)
    assert client.post(SECOND_FACTOR, {"code": code_of(editor)}).status_code == 422  # nor may it go
    other = Client()
    log_in(other, copy_editor)
    assert works(other)


@pytest.mark.both_databases
def test_a_factor_outlives_a_change_of_the_secret_key_and_is_encrypted_anew(client: Client, settings: Any) -> None:
    editor = make_editor()
    with_second_factor(editor)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert log_in(client, editor, code=code_of(editor)).status_code == 302

    settings.SECRET_KEY_FALLBACKS = []
    AppFactor.objects.update(last_t=-1)
    assert log_in(Client(), editor, code=code_of(editor)).status_code == 302


def test_under_another_secret_key_the_factor_is_asked_for_all_the_same(client: Client, settings: Any) -> None:
    editor = make_editor()
    recovery, shown = with_second_factor(editor)[0], code_of(editor)
    settings.SECRET_KEY = "n" * 50

    for code in ("", "000000", shown):
        refused = log_in(client, editor, code=code)
        assert refused.status_code == 200
        assert "secret key was changed" in refused.content.decode()
    assert not works(client)
    RecoveryFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert log_in(client, editor, code=recovery).status_code == 302
