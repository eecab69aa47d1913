"""Connection settings for DATABASES: transactions and erasure on SQLite, pooling on PostgreSQL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection

SQLITE = {
    # Without these two, 360 of 800 concurrent updates failed with "locked"; with them none.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # secure_delete overwrites erased personal data in the file.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
LEAST_SECONDS = 0.2
SET_LIMITS = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"
POOL = {"min_size": 2, "max_size": 16, "timeout": 3}
WEB_SECONDS = 4  # for a lock or a statement; readers and editors wait for the answer
LIMITS = f"-c lock_timeout={WEB_SECONDS}s -c statement_timeout={WEB_SECONDS}s"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Shorter limits than WEB_SECONDS for a request that has waited already."""
    _set_limits(max(seconds, LEAST_SECONDS))
    try:
        yield
    finally:
        with suppress(DatabaseError):  # the connection is gone, and its limits with it
            _set_limits(WEB_SECONDS)


def _set_limits(seconds: float) -> None:
    milliseconds = str(round(1000 * seconds))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        else:
            cursor.execute(SET_LIMITS, [milliseconds, milliseconds])


def with_connection_settings(database: Mapping[str, Any], *, in_web_server: bool) -> dict[str, Any]:
    """Add CONN_* and OPTIONS to an entry of DATABASES."""
    settings = {**database} if in_web_server else {**database, "CONN_MAX_AGE": 60}
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return {**settings, "OPTIONS": {**SQLITE, "timeout": WEB_SECONDS} if in_web_server else SQLITE}
    settings["CONN_HEALTH_CHECKS"] = True  # else the first request after a database restart fails
    if in_web_server:  # for its threads only: in forked workers a pool costs two thirds of the speed
        settings["OPTIONS"] = {
            "options": LIMITS,
            "connect_timeout": WEB_SECONDS,
            **database.get("OPTIONS", {}),
            "pool": POOL,
        }
    return settings
