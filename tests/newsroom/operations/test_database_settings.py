"""Connection settings of PostgreSQL and SQLite."""

import pytest
from django.db import connection

from newsroom.operations.database_settings import POOL, with_connection_settings, within

POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "corrigenda", "OPTIONS": {"sslmode": "require"}}


def test_only_the_web_server_has_a_pool() -> None:
    web = with_connection_settings(POSTGRES, in_web_server=True)
    worker = with_connection_settings(POSTGRES, in_web_server=False)

    assert web["OPTIONS"]["pool"] == POOL
    assert web["OPTIONS"]["sslmode"] == "require"
    assert worker == {**POSTGRES, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}


def test_readers_do_not_wait_for_a_lock_longer_than_four_seconds() -> None:
    postgres = with_connection_settings(POSTGRES, in_web_server=True)["OPTIONS"]
    assert postgres["options"] == "-c lock_timeout=4s -c statement_timeout=4s"
    assert (
        with_connection_settings({"ENGINE": "django.db.backends.sqlite3"}, in_web_server=True)["OPTIONS"]["timeout"]
        == 4
    )


@pytest.mark.parametrize("in_web_server", [True, False])
def test_sqlite_takes_the_write_lock_at_the_start_and_overwrites_what_is_erased(in_web_server: bool) -> None:
    options = with_connection_settings({"ENGINE": "django.db.backends.sqlite3"}, in_web_server=in_web_server)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "secure_delete=ON" in options["init_command"]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_who_has_waited_gives_the_database_less_time_and_the_next_gets_all_of_it() -> None:
    def limit() -> object:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout")
            return cursor.fetchone()[0]

    with within(1.25):
        assert limit() in (1250, "1250ms")
    assert limit() in (4000, "4s")
    with within(-1):
        assert limit() in (200, "200ms")
