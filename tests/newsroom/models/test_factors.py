"""Second factors: a code counts once, and a clock that jumps locks nobody out."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from django_otp.oath import totp

from newsroom.models import AppFactor, RecoveryCode, RecoveryFactor
from newsroom.models.factors import STEP
from tests.support.factories import make_editor
from tests.support.withheld_words import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = 24 * 3600


def code(factor: AppFactor, *, at: float = 0) -> str:
    return f"{totp(factor.bin_key, step=STEP, t0=int(-at)):06}"


def test_a_code_counts_once() -> None:
    factor = AppFactor.objects.create(user=make_editor())
    used = code(factor)
    assert factor.verify_token(used)
    assert not AppFactor.objects.get().verify_token(used)


def test_a_code_entered_while_the_clock_was_a_day_ahead_does_not_lock_out_those_of_now() -> None:
    factor = AppFactor.objects.create(user=make_editor())
    factor.last_t = (int(timezone.now().timestamp()) + DAY) // STEP
    used = code(factor)
    assert factor.verify_token(used)
    assert not AppFactor.objects.get().verify_token(used)


@pytest.mark.parametrize("kind", [AppFactor, RecoveryFactor])
def test_a_failure_noted_a_day_ahead_waits_no_longer_than_one_of_now(kind: type[AppFactor | RecoveryFactor]) -> None:
    factor = kind.objects.create(user=make_editor())
    factor.throttling_failure_count = 1
    factor.throttling_failure_timestamp = timezone.now() + timedelta(days=1)
    is_allowed, why = factor.verify_is_allowed()
    assert (is_allowed, why is None) == (False, False)
    assert str(dict(why or {})["locked_until"]) <= str(timezone.now() + timedelta(seconds=1))


def test_recovery_codes_are_stored_as_hashes_and_open_once() -> None:
    factor = RecoveryFactor.objects.create(user=make_editor())
    first, second = factor.new_codes(2)
    assert first not in everything_stored()
    assert factor.verify_token(first)
    assert not factor.verify_token(first)
    RecoveryFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert RecoveryFactor.objects.get().verify_token(second)


@pytest.mark.parametrize("text", ["", "x", "12345६", "1" * 5000, "-1"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not AppFactor.objects.create(user=make_editor()).verify_token(text)


def test_the_migration_encrypts_what_is_there_and_the_old_tables_go() -> None:
    editor, key = make_editor(), "3132333435363738393031323334353637383930"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE otp_totp_totpdevice (id integer, user_id integer, name varchar(64), confirmed boolean, "
            "key varchar(80), drift integer, last_t integer)"
        )
        cursor.execute("INSERT INTO otp_totp_totpdevice VALUES (1, %s, 'app', %s, %s, 0, -1)", [editor.pk, True, key])
        cursor.execute(
            "CREATE TABLE otp_static_staticdevice (id integer, user_id integer, name varchar(64), confirmed boolean)"
        )
        cursor.execute("INSERT INTO otp_static_staticdevice VALUES (5, %s, 'recovery', %s)", [editor.pk, True])
        cursor.execute("CREATE TABLE otp_static_statictoken (id integer, device_id integer, token varchar(16))")
        cursor.execute("INSERT INTO otp_static_statictoken VALUES (1, 5, 'abcdefgh')")

    move = import_module("newsroom.migrations.0013_encrypted_factors").move
    for _turn in range(2):  # where the package's tables never were, there is nothing to do
        move(apps, SimpleNamespace(connection=connection))

    assert (AppFactor.objects.get().key, AppFactor.objects.get().user) == (key, editor)
    assert RecoveryCode.objects.count() == 1
    for secret in (key, "abcdefgh"):
        assert secret not in everything_stored()
    assert RecoveryFactor.objects.get().verify_token("abcdefgh")
    assert not [name for name in connection.introspection.table_names() if name.startswith("otp_")]
