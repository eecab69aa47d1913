"""Changes the password of an account, as an act; for whoever lost it and gets no mail."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from newsroom.audit.account_acts import SET_PASSWORD, append_account_act
from newsroom.models import Editor

TRIES = 3


class Command(BaseCommand):
    help = __doc__
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", nargs="?", help="without it: the name of whoever runs the command")

    def handle(self, *, username: str | None, **options: Any) -> None:
        editor = Editor.objects.filter(username=username or getpass.getuser()).first()
        if editor is None:
            raise CommandError(f"there is no editor {username or getpass.getuser()!r}")
        self.stdout.write(f"Changing the password of {editor.username}")
        editor.set_password(self._ask(editor))
        with transaction.atomic():
            editor.save(update_fields=["password"])
            append_account_act(SET_PASSWORD, editor, by=None, how="command")
        self.stdout.write("The password is changed.")

    def _ask(self, editor: Editor) -> str:
        """A password that was entered twice and is good. Raises CommandError after TRIES."""
        for _turn in range(TRIES):
            password = getpass.getpass("Password: ")
            if not password:
                raise CommandError("no password was entered; nothing is changed")
            if password != getpass.getpass("Password (again): "):
                self.stderr.write("The two are not the same.")
                continue
            try:
                validate_password(password, editor)
            except ValidationError as refused:
                self.stderr.write("\n".join(refused.messages))
            else:
                return password
        raise CommandError(f"no good password was entered in {TRIES} tries; nothing is changed")
