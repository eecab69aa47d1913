"""Mails as files: one for each Message-ID, for their owner alone, and gone when asked."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from newsroom.operations import mail_files as mailfiles
from newsroom.operations.mail_files import BACKEND, delete_file, mail_folder, newest_names

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
