"""Mails over a real mail server, sent by a real worker: once, and doubted where nobody can know."""

import asyncio
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from corrections.decisions.outcomes import close_as_fixed
from corrections.models import Mail
from corrections.triage.pipeline import triage_suggestion
from tests.support.databases import Database
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import ADA, confirmation_link, make_reader
from tests.support.postgres import free_port
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until


class MailServer:
    """Takes every mail. While it `stalls` it has taken one and not said so yet."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.stalls = threading.Event()
        self.refusal = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refusal:
            return self.refusal
        self.taken.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        while self.stalls.is_set():
            await asyncio.sleep(0.02)
        return "250 taken"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    server = MailServer()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("MAIL_FROM", "The desk <desk@news.example.org>")
    yield server
    server.stalls.clear()
    controller.stop()


def test_the_confirmation_arrives_with_its_text_its_html_and_its_headers(
    committed_db: Database, processes: Processes, server: MailServer
) -> None:
    suggestion = make_suggestion(make_article(headline="Ключі від мосту"), email=ADA)
    processes.worker()
    processes.beat()
    wait_until(lambda: Mail.objects.filter(state="sent").exists())
    [message] = server.taken
    assert server.recipients == [[ADA]]
    assert message["From"] == "The desk <desk@news.example.org>"
    assert parseaddr(message["To"])[1] == ADA
    assert message["Message-ID"] == Mail.objects.get().message_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text
    assert html
    assert confirmation_link(suggestion) in text.get_content()
    assert "Ключі від мосту" in html.get_content()


def test_a_worker_killed_between_sending_and_marking_leaves_a_doubt_and_no_second_copy(
    committed_db: Database, processes: Processes, server: MailServer
) -> None:
    case = triage_suggestion(make_reader(make_article()).pk)
    assert case
    close_as_fixed(case, by=make_editor())
    server.stalls.set()
    worker, _beat = processes.worker(), processes.beat()
    wait_until(lambda: server.taken)

    worker.process.kill()
    worker.sweep()
    server.stalls.clear()
    assert Mail.objects.get().state == "claimed"
    Mail.objects.update(leased_until=timezone.now())
    processes.worker()

    wait_until(lambda: Mail.objects.get().state == "doubtful")
    # Another mail goes out, so that the queue was worked through.
    make_suggestion(make_article(), email="bob@example.org")
    wait_until(lambda: Mail.objects.filter(state="sent").exists())
    assert [parseaddr(message["To"])[1] for message in server.taken] == [ADA, "bob@example.org"]


def test_what_the_server_refuses_for_good_is_for_the_desk_to_see(
    committed_db: Database, processes: Processes, server: MailServer
) -> None:
    server.refusal = "550 ada@example.org is unknown here"
    make_suggestion(make_article(), email=ADA)
    processes.worker()
    processes.beat()
    wait_until(lambda: Mail.objects.filter(state="failed").exists())
    assert Mail.objects.get().trouble == "SMTP 550"
    logs = "".join(log.read_text() for log in processes.logs.glob("*.log"))
    assert ADA not in logs
