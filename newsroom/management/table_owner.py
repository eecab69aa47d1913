"""On PostgreSQL the tables may belong to another role than the site's, which then cannot switch their guards off."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg import sql

ROLE = ("USER", "PASSWORD", "HOST", "PORT")
# What the site's role may do with each table, and what it may not do with these although it may with the others.
GRANTS = (
    "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
    "GRANT USAGE ON SCHEMA {schema} TO {site}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {site}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {site}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {site}",
    "REVOKE UPDATE, DELETE ON newsroom_act, newsroom_revision FROM {site}",
    "REVOKE UPDATE ON newsroom_revisiontext FROM {site}",
    "REVOKE DELETE ON newsroom_withholding FROM {site}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {site}",
)


@contextmanager
def as_table_owner() -> Iterator[str | None]:
    """Connect as the role of DATABASE_OWNER_URL; gives the name of the site's. Without an owner's nothing changes."""
    if settings.DATABASE_OWNER is None:
        yield None
        return
    site = {name: connection.settings_dict[name] for name in ROLE}
    connection.close()
    connection.settings_dict.update({name: settings.DATABASE_OWNER.get(name, "") for name in ROLE})
    try:
        yield site["USER"]
    finally:
        connection.close()
        connection.settings_dict.update(site)


def grant_to_site(site: str | None) -> None:
    """Give the site's role what it needs of the tables that are there now; call as their owner."""
    if site is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        names = {"schema": sql.Identifier(cursor.fetchone()[0]), "site": sql.Identifier(site)}
        for statement in GRANTS:
            cursor.execute(sql.SQL(statement).format(**names))
