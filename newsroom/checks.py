"""What `check --deploy` says beside Django's own: columns whose key is lost, and a site that owns its tables."""

from typing import Any

from django.core.checks import WARNING, CheckMessage, Tags, register
from django.db import DatabaseError, connection

from newsroom.encryption import lost_keys


@register(Tags.security, deploy=True)
def check_lost_keys(**_options: Any) -> list[CheckMessage]:
    try:
        line = lost_keys()
    except DatabaseError:  # not migrated yet, or away: nothing to tell
        return []
    hint = "Or put the key of that time into SECRET_KEY_FALLBACKS."
    return [CheckMessage(WARNING, line, hint=hint, id="newsroom.W001")] if line else []


@register(Tags.security, deploy=True)
def check_table_owner(**_options: Any) -> list[CheckMessage]:
    """On PostgreSQL whoever owns a table switches its triggers off."""
    if connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass('newsroom_act')"
            )
            owns = cursor.fetchone()
    except DatabaseError:
        return []
    if not owns or not owns[0]:
        return []
    line = "the role of DATABASE_URL owns the tables, or may become who does, and can switch the record's guards off"
    hint = "Give the tables to a role of their own, named by DATABASE_OWNER_URL: see docs/deploy.md."
    return [CheckMessage(WARNING, line, hint=hint, id="newsroom.W002")]
