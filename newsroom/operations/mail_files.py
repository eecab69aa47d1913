"""Keeps the demo's mails as files in DATA_DIR/mail, one for each Message-ID, for its owner to read at /dev/mail/."""

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

BACKEND = "newsroom.operations.mail_files.FileMail"
NAME = re.compile(r"[A-Za-z0-9-]{1,80}")
SUFFIX = ".eml"


class FileMail(BaseEmailBackend):
    """A mail that is sent again takes the place of the first, as it would in the reader's mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = mail_folder()
        folder.mkdir(mode=0o700, exist_ok=True)
        for message in email_messages:
            parsed = message.message()
            path = file_of(str(parsed["Message-ID"]))
            # Whole or not at all, whoever reads the folder meanwhile.
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(parsed.as_bytes())
            os.replace(file.name, path)
        return len(email_messages)


def mail_folder() -> Path:
    return Path(settings.DATA_DIR) / "mail"


def is_kept() -> bool:
    """Whether mails go to files."""
    return bool(settings.EMAIL_BACKEND == BACKEND)


def file_of(message_id: str) -> Path:
    """Where a mail is kept. Raises ValueError for a Message-ID that names no file."""
    name = message_id.strip("<>").partition("@")[0]
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return mail_folder() / f"{name}{SUFFIX}"


def forget_file(message_id: str) -> None:
    """Delete the file of a mail, if there is one."""
    file_of(message_id).unlink(missing_ok=True)


def forget_files(message_ids: Iterable[str]) -> None:
    """Delete the files of mails whose rows change in this transaction: now, and once more when it has ended.

    Whoever writes such a file looks at the rows afterwards. So one of the two comes last and sees what the other did.
    """
    names = list(message_ids)

    def forget() -> None:
        for name in names:
            forget_file(name)

    forget()
    transaction.on_commit(forget)


def forget_files_before(moment: datetime) -> int:
    """Delete the files of all mails written before that; how many there were."""
    forgotten = 0
    for path in mail_folder().glob("*"):
        with suppress(FileNotFoundError):  # another was there first
            if path.stat().st_mtime < moment.timestamp():
                path.unlink()
                forgotten += 1
    return forgotten


def kept_names(most: int) -> list[str]:
    """Names of the mails kept, the newest first."""
    files = sorted(mail_folder().glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [path.stem for path in files[:most]]


def read_mail(name: str) -> Parsed:
    """Raises FileNotFoundError."""
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    content = (mail_folder() / f"{name}{SUFFIX}").read_bytes()
    return BytesParser(_class=Parsed, policy=policy.default).parsebytes(content)
