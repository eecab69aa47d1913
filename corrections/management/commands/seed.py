"""Publishes the demo's articles and their history; a second run changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from corrections.demo import AlreadySeeded, seed
from newsroom.management.plain import PlainCommand
from newsroom.operations.schema_check import NotSetUp, ensure_tables


class Command(PlainCommand):
    help = __doc__

    def handle(self, **_options: Any) -> None:
        try:
            ensure_tables()
            count = seed(settings.BASE_DIR / "seeds")
        except AlreadySeeded:
            self.stdout.write("the demo articles stand already")
        except NotSetUp as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"the database refused: {str(error).strip().splitlines()[0]}") from None
        else:
            self.stdout.write(f"{count} demo articles published")
