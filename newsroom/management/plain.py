"""Base class of the management commands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class PlainCommand(BaseCommand):
    """Report wrong arguments in one line, without the usage, which `--help` shows."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.print_usage = lambda file=None: None  # type: ignore[method-assign]  # argparse has no other way
        return parser
