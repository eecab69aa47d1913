"""Accounts of the demo: one editor per group; generated passwords are stored in DATA_DIR."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction

from newsroom.audit.account_acts import append_account_added
from newsroom.models import Editor

FILE_NAME = "demo_accounts.json"


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    group: str
    public_name: str


ACCOUNTS = (
    Account("copy", "Copy editor", "Iryna Kovalenko"),
    Account("standards", "Standards editor", "Marc Delorme"),
    Account("chief", "Desk chief", "Nadia Rahman"),
    Account("auditor", "Auditor", "Tom Whitfield"),
)


def make_accounts(data_dir: Path) -> Mapping[Account, str | None]:
    """Create missing accounts and return each with its password, None where it was not generated here.

    Existing accounts are not changed.
    """
    path = data_dir / FILE_NAME
    kept = read_passwords(path)
    missing = [account for account in ACCOUNTS if not Editor.objects.filter(username=account.username).exists()]
    made = {account.username: kept.get(account.username) or secrets.token_urlsafe(12) for account in missing}
    passwords = kept | made
    if passwords != kept:
        # Written before the accounts: after a crash the next start uses the same passwords.
        write_passwords(path, passwords)
    for account in missing:
        make_account(account, password=passwords[account.username])
    return {account: passwords.get(account.username) for account in ACCOUNTS}


def make_account(account: Account, *, password: str) -> Editor:
    with transaction.atomic():
        # .example never resolves (RFC 2606); the digest needs an address.
        editor = Editor.objects.create_user(
            account.username,
            f"{account.username}@desk.example",
            password=password,
            is_staff=True,
            public_name=account.public_name,
        )
        editor.groups.add(Group.objects.get(name=account.group))
        append_account_added(editor, by=None)
    return editor


def read_passwords(path: Path) -> dict[str, str]:
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return kept


def write_passwords(path: Path, passwords: Mapping[str, str]) -> None:
    """Mode 0600."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(dict(passwords), file, indent=2)
