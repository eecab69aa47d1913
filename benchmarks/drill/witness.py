"""A witness in the database itself: it notes each time that a suggestion is triaged, in the same transaction.

The rows alone would not tell: who is triaged twice stands in one case all the same, and is counted as one reader.
"""

from collections import Counter
from uuid import UUID

from django.db import connection

from newsroom.management.table_owner import as_table_owner, grant_to_site

NOTES = "CREATE TABLE drill_triaged (suggestion varchar(36) NOT NULL)"
WHEN = "AFTER UPDATE OF triaged_at ON corrections_suggestion FOR EACH ROW WHEN (NEW.triaged_at IS NOT NULL)"
NOTE = "INSERT INTO drill_triaged VALUES (NEW.id)"
STATEMENTS = {
    "postgresql": [
        NOTES,
        f"CREATE FUNCTION drill_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {NOTE}; RETURN NULL; END $$",
        f"CREATE TRIGGER drill_note {WHEN} EXECUTE FUNCTION drill_note()",
    ],
    "sqlite": [NOTES, f"CREATE TRIGGER drill_note {WHEN} BEGIN {NOTE}; END"],
}


def call_witness() -> None:
    """Before the first suggestion of a drill."""
    with as_table_owner() as site:
        with connection.cursor() as cursor:
            for statement in STATEMENTS[connection.vendor]:
                cursor.execute(statement)
        grant_to_site(site)


def times_triaged() -> Counter[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT suggestion FROM drill_triaged")
        return Counter(UUID(suggestion) for (suggestion,) in cursor.fetchall())
