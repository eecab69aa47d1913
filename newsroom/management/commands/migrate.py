"""Migrates as the owner of the tables, gives the site's role its rights, and names what another key has encrypted."""

from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import DatabaseError

from newsroom.encryption import lost_keys
from newsroom.management.table_owner import as_table_owner, grant_to_site


class Command(MigrateCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_table_owner() as site:
            super().handle(*args, **options)
            try:
                grant_to_site(site)
            except DatabaseError as error:
                line = str(error).strip().splitlines()[0]
                raise CommandError(f"the role of DATABASE_URL cannot be given its rights: {line}") from None
        with suppress(DatabaseError):  # not every table is there yet
            if line := lost_keys():
                self.stdout.write(line)
