"""Makes sure that the tables are there before a command uses them."""

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

TABLES_LACK = "the database has not got every table yet: run manage.py migrate first"


class NotSetUp(Exception):
    """The database lacks tables or does not answer; the message says what to do."""


def ensure_tables() -> None:
    """Make the tables of the SQLite database that belongs to DATA_DIR; of another database only say that they lack.

    Raises NotSetUp.
    """
    if not _lacks_tables():
        return
    if connection.vendor != "sqlite":
        raise NotSetUp(TABLES_LACK)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def require_tables() -> None:
    """For commands that only read: a database made on the spot would answer that all is well. Raises NotSetUp."""
    if _lacks_tables():
        raise NotSetUp(TABLES_LACK)


def _lacks_tables() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise NotSetUp(f"the database does not answer: {reason}") from None
