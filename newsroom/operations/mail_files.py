"""E-mail backend of the demo: one file per Message-ID in DATA_DIR/mail, shown at /dev/mail/."""

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from email import policy
from email.message import EmailMessage as Parsed
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

BACKEND = "newsroom.operations.mail_files.FileEmailBackend"
NAME = re.compile(r"[A-Za-z0-9-]{1,80}")
SUFFIX = ".eml"


class FileEmailBackend(BaseEmailBackend):
    """Write mails as files; one that is sent again replaces the first."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = mail_folder()
        folder.mkdir(mode=0o700, exist_ok=True)
        for message in email_messages:
            parsed = message.message()
            path = file_of(str(parsed["Message-ID"]))
            # Atomic rename: readers never see half a mail.
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                try:
                    file.write(parsed.as_bytes())
                    file.flush()
                except OSError:
                    os.unlink(file.name)
                    raise
            os.replace(file.name, path)
        return len(email_messages)


def mail_folder() -> Path:
    return Path(settings.DATA_DIR) / "mail"


def writes_files() -> bool:
    """Whether mails are written as files."""
    return bool(settings.EMAIL_BACKEND == BACKEND)


def file_of(message_id: str) -> Path:
    """Path of a mail. Raises ValueError for a Message-ID that is no file name."""
    name = message_id.strip("<>").partition("@")[0]
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return mail_folder() / f"{name}{SUFFIX}"


def delete_file(message_id: str) -> None:
    """Delete a mail's file, if there is one."""
    file_of(message_id).unlink(missing_ok=True)


def delete_files(message_ids: Iterable[str]) -> None:
    """Delete the files of mails whose rows change in this transaction: now, and again on commit.

    A sender checks the row after writing its file, so one of the two always sees the other.
    """
    names = list(message_ids)

    def forget() -> None:
        for name in names:
            delete_file(name)

    forget()
    transaction.on_commit(forget)


def delete_files_before(moment: datetime) -> int:
    """Delete files of mails written before a time; returns their number."""
    forgotten = 0
    for path in mail_folder().glob("*"):
        with suppress(FileNotFoundError):  # deleted by another process
            if path.stat().st_mtime < moment.timestamp():
                path.unlink()
                forgotten += 1
    return forgotten


def newest_names(most: int) -> list[str]:
    """Names of mails, newest first."""
    files = sorted(mail_folder().glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [path.stem for path in files[:most]]


def read_mail(name: str) -> Parsed:
    """Raises FileNotFoundError."""
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    content = (mail_folder() / f"{name}{SUFFIX}").read_bytes()
    return BytesParser(_class=Parsed, policy=policy.default).parsebytes(content)
