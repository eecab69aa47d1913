"""A reader is erased while a worker writes a mail to them: no file of it is left, whichever comes first."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction

from corrections.contacts import outbox
from corrections.contacts.outbox import MAX_PER_DAY, claim_due_mails
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_reader_mails
from corrections.models import Mail, Suggestion
from corrections.privacy.withdrawal import erase_reader
from corrections.tasks import forget
from newsroom.operations.mail_files import FileEmailBackend, file_of, mail_folder
from tests.corrections.contacts.test_outbox import make_news
from tests.support.databases import Database
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db
SECONDS = 20


class SlowDisk(FileEmailBackend):
    """Writes a mail only when it is told to."""

    begun, may_write = Event(), Event()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.begun.set()
        assert self.may_write.wait(SECONDS)
        return super().send_messages(email_messages)


@pytest.fixture
def slow_disk(settings: Any, tmp_path: Path) -> type[SlowDisk]:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = f"{SlowDisk.__module__}.{SlowDisk.__qualname__}"
    SlowDisk.begun.clear()
    SlowDisk.may_write.clear()
    return SlowDisk


def send(pk: Any) -> None:
    send_mail(pk)
    connection.close()


# PostgreSQL alone: SQLite has one writer at a time, so that no mail is noted as sent while an erasure is under way.
@pytest.mark.parametrize("is_joined", [False, True])
def test_a_mail_written_while_its_reader_is_erased_leaves_no_file(
    committed_db: Database, slow_disk: type[SlowDisk], monkeypatch: pytest.MonkeyPatch, is_joined: bool
) -> None:
    monkeypatch.setattr(outbox, "MAX_PER_DAY", 1 if is_joined else MAX_PER_DAY)
    make_news(make_article(), words=("recieve", "Tuesday"))
    queue_reader_mails()
    pk = claim_due_mails()[0]
    assert (Mail.objects.get(pk=pk).kind == Mail.Kind.TOGETHER) == is_joined
    reader = Suggestion.objects.filter(mails__within=pk).first() if is_joined else Suggestion.objects.get(mails=pk)
    assert reader
    sending = Thread(target=send, args=[pk])
    sending.start()
    assert slow_disk.begun.wait(SECONDS)

    with transaction.atomic():
        erase_reader(reader)
        slow_disk.may_write.set()
        sending.join()
        assert list(mail_folder().iterdir())

    assert list(mail_folder().iterdir()) == []


@pytest.mark.parametrize("is_joined", [False, True])
def test_a_mail_written_after_its_reader_was_erased_leaves_no_file(
    committed_db: Database, slow_disk: type[SlowDisk], monkeypatch: pytest.MonkeyPatch, is_joined: bool
) -> None:
    monkeypatch.setattr(outbox, "MAX_PER_DAY", 1 if is_joined else MAX_PER_DAY)
    make_news(make_article(), words=("recieve", "Tuesday"))
    queue_reader_mails()
    sending = Thread(target=send, args=[claim_due_mails()[0]])
    sending.start()
    assert slow_disk.begun.wait(SECONDS)

    for reader in Suggestion.objects.all():
        erase_reader(reader)
    slow_disk.may_write.set()
    sending.join()

    assert list(mail_folder().iterdir()) == []


def test_the_file_of_a_worker_that_died_while_its_reader_was_erased_goes_within_the_hour(
    settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    make_news(make_article(), words=["recieve"])
    queue_reader_mails()
    erase_reader(Suggestion.objects.get())
    left = file_of(Mail.objects.get().message_id)
    left.parent.mkdir()
    left.write_bytes(b"To: ada@example.org")

    forget()

    assert not left.exists()
