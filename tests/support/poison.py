"""Poison: rows that the database refuses to change, as a fault that nobody foresaw would. PostgreSQL only."""

from itertools import count

from django.db import connection
from django.db.models import Model

_numbers = count(1)


def poison(row: Model, when: str, *, on: type[Model] | None = None, column: str = "id") -> None:
    """From now on the database raises where a change of this row, or of those of `on` that name it, meets `when`."""
    table = (on or type(row))._meta.db_table
    name = f"poison_{next(_numbers)}"
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.{column}::text = '{row.pk}' AND {when} THEN RAISE EXCEPTION 'poisoned'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
        """)


def cure() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'poison_%' AND NOT tgisinternal"
        )
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
