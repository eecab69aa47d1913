"""Connection settings of PostgreSQL and SQLite."""

import pytest

from newsroom.operations.database_settings import POOL, with_connection_settings

POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "corrigenda", "OPTIONS": {"sslmode": "require"}}


def test_only_the_web_server_has_a_pool() -> None:
    web = with_connection_settings(POSTGRES, in_web_server=True)
    worker = with_connection_settings(POSTGRES, in_web_server=False)

    assert web == {**POSTGRES, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"sslmode": "require", "pool": POOL}}
    assert worker == {**POSTGRES, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}


@pytest.mark.parametrize("in_web_server", [True, False])
def test_sqlite_takes_the_write_lock_at_the_start_and_overwrites_what_is_erased(in_web_server: bool) -> None:
    options = with_connection_settings({"ENGINE": "django.db.backends.sqlite3"}, in_web_server=in_web_server)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "secure_delete=ON" in options["init_command"]
