"""What all our commands share."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class PlainCommand(BaseCommand):
    """Says in one line what is wrong with its arguments; how they are written, `--help` tells."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.print_usage = lambda file=None: None  # type: ignore[method-assign]  # argparse has no other way
        return parser
