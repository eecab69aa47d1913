"""Check that all tables exist before a command uses them."""

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

MISSING_TABLES = "the database has not got every table yet: run manage.py migrate first"


class NotSetUp(Exception):
    """Tables are missing or the database does not answer; the message says what to do."""


def ensure_tables() -> None:
    """Migrate the SQLite database in DATA_DIR; raise NotSetUp for any other that lacks tables."""
    if not _lacks_tables():
        return
    if connection.vendor != "sqlite":
        raise NotSetUp(MISSING_TABLES)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def require_tables() -> None:
    """For read-only commands, which must not create an empty database and report success. Raises NotSetUp."""
    if _lacks_tables():
        raise NotSetUp(MISSING_TABLES)


def _lacks_tables() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise NotSetUp(f"the database does not answer: {reason}") from None
