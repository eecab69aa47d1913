"""Connection settings for DATABASES: transactions and erasure on SQLite, pooling on PostgreSQL."""

from collections.abc import Mapping
from typing import Any

SQLITE = {
    # Without these two, 360 of 800 concurrent updates failed with "locked"; with them none.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # secure_delete overwrites erased personal data in the file.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
POOL = {"min_size": 2, "max_size": 16, "timeout": 3}
# For readers and editors, who wait: with the 1.8 s for a thread an answer, if only 503, comes within five seconds.
WEB_SECONDS = 3
LIMITS = f"-c lock_timeout={WEB_SECONDS}s -c statement_timeout={WEB_SECONDS}s"


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
