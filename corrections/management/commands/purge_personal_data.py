"""Erases what is known of readers whose cases were closed long enough ago; the beat does so each night."""

from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from corrections.privacy.retention import RETENTION_PERIOD, purge_personal_data
from newsroom.management.plain import PlainCommand
from newsroom.operations.schema_check import NotSetUp, require_tables


class Command(PlainCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        try:
            require_tables()
            purged = purge_personal_data()
        except NotSetUp as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"the database gave up: {str(error).strip().splitlines()[0]}") from None
        except OSError as error:
            raise CommandError(f"a mail file cannot be deleted: {error.strerror}") from None
        self.stdout.write(f"erased what ended more than {RETENTION_PERIOD.days} days ago: {purged}")
