"""Adds an editor or changes one, and mails the link to choose a password. For an operator: the acts name no editor."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from newsroom.accounts.link_mail import mail_link
from newsroom.accounts.password_links import NoAddress, make_link
from newsroom.audit.account_acts import (
    AddressAsName,
    account_state,
    append_account_added,
    append_account_changes,
    refuse_address_as_name,
)
from newsroom.management.plain import PlainCommand
from newsroom.models import Editor
from newsroom.operations.schema_check import NotSetUp, ensure_tables


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--email", help="where the link is mailed")
        parser.add_argument("--group", action="append", help="may be given often; replaces the groups that there are")
        parser.add_argument("--public-name", help="shown beside revisions")
        parser.add_argument("--link", action="store_true", help="mail a link also where the account is not new")

    def handle(self, *, username: str, link: bool, **options: Any) -> None:
        try:
            ensure_tables()
            with transaction.atomic():
                editor, is_new = _save(username, **{name: options[name] for name in ("email", "group", "public_name")})
                mailed = make_link(editor, by=None) if is_new or link else None
            if mailed:
                mail_link(mailed)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except NoAddress:
            raise CommandError(f"{username} has no address for the link; give one with --email") from None
        except AddressAsName:
            raise CommandError("the record keeps this name for ever: choose one that is no e-mail address") from None
        except NotSetUp as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"the mail could not be sent ({error}); try again with --link") from None
        done = "added" if is_new else "changed"
        self.stdout.write(f"{username} {done}" + (f"; a link for {mailed.purpose} was mailed" if mailed else ""))


def _save(username: str, *, email: str | None, group: list[str] | None, public_name: str | None) -> tuple[Editor, bool]:
    """The account, and whether it is new."""
    editor = Editor.objects.filter(username=username).first()
    before = account_state(editor) if editor else None  # locks the row
    if editor:
        editor.refresh_from_db()
    else:
        refuse_address_as_name(username)
        editor = Editor(username=username, is_staff=True)
        editor.set_unusable_password()
    for name, value in (("email", email), ("public_name", public_name)):
        if value is not None:
            setattr(editor, name, value)
    editor.full_clean()
    editor.save()
    if group is not None:
        editor.groups.set([_group(name) for name in group])
    if before:
        append_account_changes(editor, before=before, by=None)
    else:
        append_account_added(editor, by=None)
    return editor, before is None


def _group(name: str) -> Group:
    found = Group.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True))
        raise CommandError(f"there is no group {name!r}; there are: {known}")
    return found
