"""Mails as files: one for each Message-ID, for their owner alone, and gone when asked."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from newsroom.operations import mail_files as mailfiles
from newsroom.operations.mail_files import (
    BACKEND,
    delete_file,
    delete_files,
    delete_files_before,
    mail_folder,
    newest_names,
    read_mail,
)

pytestmark = pytest.mark.django_db
HTML = '<p style="color: red">Hello <script>alert(1)</script></p>'


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.DATA_DIR = BACKEND, tmp_path


def send(name: str = "first", subject: str = "Ключі <b>") -> None:
    message = EmailMultiAlternatives(
        subject,
        "Hello & https://example.org/x",
        to=["ada@example.org"],
        headers={"Message-ID": f"<{name}@example.org>"},
    )
    message.attach_alternative(HTML, "text/html")
    message.send()


def test_a_mail_sent_twice_is_one_file_that_nobody_else_may_read(tmp_path: Path) -> None:
    send()
    send(subject="Again")
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["first.eml"]
    assert mail_folder().stat().st_mode & 0o077 == 0
    delete_file("<first@example.org>")
    delete_file("<first@example.org>")
    assert newest_names(9) == []


def test_no_name_leads_out_of_the_folder() -> None:
    for message_id in ("<../../etc/passwd@x>", "<.hidden@x>", "<a/b@x>", "<>"):
        with pytest.raises(ValueError, match=r".*"):
            mailfiles.file_of(message_id)


def test_files_from_before_a_moment_are_deleted_and_counted(tmp_path: Path) -> None:
    now = timezone.now()
    for name, age in (("old", 2), ("edge", 1), ("new", 0)):
        send(name)
        written = (now - timedelta(days=age)).timestamp()
        os.utime(tmp_path / "mail" / f"{name}.eml", (written, written))
    assert newest_names(2) == ["new", "edge"]
    assert delete_files_before(datetime.fromtimestamp((now - timedelta(days=1)).timestamp(), UTC)) == 1
    assert newest_names(9) == ["new", "edge"]


def test_files_go_at_once_and_again_when_their_rows_are_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send()
    with django_capture_on_commit_callbacks(execute=True):
        delete_files(["<first@example.org>"])
        assert newest_names(9) == []
        send()  # a worker that read the row before
    assert newest_names(9) == []


def test_a_mail_is_read_by_its_name_alone() -> None:
    send()
    assert read_mail("first")["Subject"] == "Ключі <b>"
    for name in ("second", "../first", ""):
        with pytest.raises(FileNotFoundError):
            read_mail(name)
