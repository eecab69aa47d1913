"""Checks that nobody bent the record: the chain of acts, the revisions and their words, and heads that you kept."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from newsroom.audit.chain import ChainPosition, kept_heads
from newsroom.audit.past_acts import Notice
from newsroom.audit.verification import Progress, read_snapshot, record_breaks
from newsroom.management.plain import PlainCommand
from newsroom.operations.heartbeat import BrokerUnavailable, note_record_check
from newsroom.operations.schema_check import NotSetUp, require_tables

HEAD = re.compile("([0-9]{1,18}):([0-9a-f]{64})")


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=read_head,
            metavar="SEQ:HASH",
            help="a head of the record that you kept, as every public correction carries one; may be given often",
        )

    def handle(self, *, head: list[tuple[int, str]], **options: Any) -> None:
        progress = Progress(ChainPosition(expected=dict(kept_heads(head))))
        whole = True
        try:
            require_tables()
            with read_snapshot():
                for line in record_breaks(progress):
                    if isinstance(line, Notice):
                        self.stdout.write(f"notice: {line}")
                    else:
                        whole = False
                        self.stderr.write(line)
        except NotSetUp as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"the database gave up: {str(error).strip().splitlines()[0]}") from None
        with suppress(BrokerUnavailable):  # the desk's home then knows of no check
            note_record_check(is_whole=whole, sequence=progress.position.sequence)
        if not whole:
            sys.exit(1)
        self.stdout.write(f"the record is whole: {progress.position.sequence} acts, {progress.revisions} revisions")
        self.stdout.write(f"head {progress.position}")


def read_head(given: str) -> tuple[int, str]:
    found = HEAD.fullmatch(given.strip().lower())
    if found is None:
        raise ArgumentTypeError(f"{given!r} is no head; it looks like 1234:0f3a… with 64 hexadecimal digits")
    return int(found[1]), found[2]
