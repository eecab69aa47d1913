"""Writes the database and the pictures to one file, while the site goes on running."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from newsroom.management.plain import PlainCommand
from newsroom.operations.backups import make_backup
from newsroom.operations.database_dump import DumpFailed
from newsroom.operations.schema_check import NotSetUp, require_tables


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            require_tables()
            manifest = make_backup(file.absolute())
        except (NotSetUp, DumpFailed) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror or error}") from None
        except DatabaseError as error:
            raise CommandError(f"the database gave up: {str(error).strip().splitlines()[0]}") from None
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes, head {manifest.head}")
