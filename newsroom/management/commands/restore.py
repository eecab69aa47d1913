"""Fills an empty database and DATA_DIR from a backup; the site must not run meanwhile."""

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from newsroom.encryption import lost_keys
from newsroom.management.plain import PlainCommand
from newsroom.management.table_owner import as_table_owner, grant_to_site
from newsroom.operations.backups import UnreadableBackup, restore_backup
from newsroom.operations.database_dump import DatabaseInUse, DatabaseNotEmpty, DumpFailed
from newsroom.operations.lockfile import AlreadyRunning, lock_data_dir


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--overwrite", action="store_true", help="replace the database and pictures that are there")

    def handle(self, *, file: Path, overwrite: bool, **options: Any) -> None:
        try:
            with lock_data_dir(settings.DATA_DIR), as_table_owner() as site:
                manifest = restore_backup(file, overwrite=overwrite)
                grant_to_site(site)
        except DatabaseNotEmpty as error:
            raise CommandError(f"{error}; add --overwrite to replace what is there") from None
        except (UnreadableBackup, DatabaseInUse, DumpFailed) as error:
            raise CommandError(str(error)) from None
        except AlreadyRunning:
            raise CommandError(f"the demo is running on {settings.DATA_DIR}; end it first") from None
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror or error}") from None
        except DatabaseError as error:
            raise CommandError(f"the database gave up: {str(error).strip().splitlines()[0]}") from None
        with suppress(DatabaseError):  # tables of an earlier version, which hold nothing encrypted
            if line := lost_keys():
                self.stdout.write(line)
        self.stdout.write(f"restored what stood at {manifest.made_at}; now run manage.py migrate, then")
        self.stdout.write(f"manage.py verify_audit --head {manifest.head}")
