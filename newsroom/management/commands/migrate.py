"""Migrates as the owner of the tables, gives the site's role its rights, and names what another key has encrypted."""

from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import DatabaseError, connection

from newsroom.encryption import lost_keys
from newsroom.management.table_owner import as_table_owner, grant_to_site


class Command(MigrateCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_table_owner() as site:
            refuse_other_encodings()
            super().handle(*args, **options)
            try:
                grant_to_site(site)
            except DatabaseError as error:
                line = str(error).strip().splitlines()[0]
                raise CommandError(f"the role of DATABASE_URL cannot be given its rights: {line}") from None
        with suppress(DatabaseError):  # not every table is there yet
            if line := lost_keys():
                self.stdout.write(line)


def refuse_other_encodings() -> None:
    """PostgreSQL stores no letter that the database's encoding lacks, and in SQL_ASCII counts bytes for letters."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
    except DatabaseError as error:
        raise CommandError(f"the database does not answer: {str(error).strip().splitlines()[0]}") from None
    if encoding != "UTF8":
        raise CommandError(f"the database is encoded in {encoding}; make one with --encoding=UTF8 --template=template0")
