"""A reader's address, name and note go through the whole running site, are erased, and are then nowhere."""

import json
import re
import subprocess
from contextlib import closing
from email import message_from_bytes, policy
from http.client import HTTPConnection
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection

from corrections.models import Suggestion
from corrections.privacy.withdrawal import erase_reader
from newsroom.operations.environment import redis_client_url
from newsroom.operations.mail_files import mail_folder
from tests.conftest import Broker
from tests.support.databases import Database
from tests.support.factories import current_revision, make_article
from tests.support.postgres import find_programs
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_quote, make_suggestion
from tests.support.waiting import wait_until

EMAIL, NAME, NOTE = "canary-7f3a@example.org", "Canaria Siebenfdreia", "Canary note 7f3a."
EVIDENCE = "https://canary-7f3a.example/"
TOLD = (EMAIL, NAME, NOTE, EVIDENCE)
AGENT, ADDRESS = "CanaryBrowser/7f3a", "203.0.113.177"
CONFIRM = re.compile(r"/mail/confirm/[\w.~-]+/")


def post(path: str, body: str = "", *, kind: str = "application/json") -> str:
    """What the site answers to a reader behind a proxy."""
    headers = {"Content-Type": kind, "User-Agent": AGENT, "X-Forwarded-For": ADDRESS}
    with closing(HTTPConnection(settings.HOST, settings.PORT, timeout=10)) as site:
        site.request("POST", path, body.encode(), headers)
        answer = site.getresponse()
        text = answer.read().decode()
    assert answer.status < 400, text
    return text


def dump(database: Database) -> str:
    """The whole database, as a backup has it."""
    argv = [str(find_programs() / "pg_dump"), f"--dbname={database.url}"]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout


def broker_contents(broker: Broker) -> str:
    """Every key with its value, as the broker writes it to disk."""
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        return repr([(key, client.dump(key)) for key in client.scan_iter(count=1000)])


def logs_of(processes: Processes) -> str:
    return "\n".join(path.read_text(errors="replace") for path in sorted(processes.logs.glob("*.log")))


def mails() -> list[str]:
    """What was written to the canary, the oldest first."""
    files = sorted(mail_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    parsed = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    bodies = [mail.get_body(("plain",)) for mail in parsed if mail["To"] == EMAIL]
    return [body.get_content() for body in bodies if body]


def held(words: tuple[str, ...], text: str) -> list[str]:
    return [word for word in words if word in text]


def test_after_the_erasure_no_dump_log_broker_or_file_holds_the_reader(
    processes: Processes, broker: Broker, committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    article = make_article()
    quote = make_quote(current_revision(article), "recieve")
    parts = ("field", "exact", "prefix", "suffix", "start", "end")
    processes.worker()
    processes.beat()
    processes.web()
    told = {"note": NOTE, "email": EMAIL, "name": NAME, "credit": True, "evidence_url": EVIDENCE}
    sent = {
        "article": article.slug,
        "revision": 1,
        "replacement": "receive",
        "category": "typo",
        "quote": {part: getattr(quote, part) for part in parts},
    }
    page = json.loads(post("/api/suggestions", json.dumps(sent | told)))["status_url"]
    wait_until(lambda: len(mails()) == 1)
    [link] = set(CONFIRM.findall(mails()[0]))
    post(link, "receipt=1", kind="application/x-www-form-urlencoded")
    wait_until(lambda: len(mails()) == 2)
    wait_until(lambda: Suggestion.objects.get().case_id)
    before = dump(committed_db)
    assert held(TOLD, before) == list(TOLD)
    assert held((AGENT, ADDRESS), before) == []

    post(f"/api{page.rstrip('/')}/erase")

    everywhere = {
        "dump": dump(committed_db),
        "logs": logs_of(processes),
        "broker": broker_contents(broker),
        "mails": "".join(mails()),
    }
    assert "recieve" in everywhere["dump"]
    assert {place: held((*TOLD, AGENT, ADDRESS), text) for place, text in everywhere.items()} == {
        place: [] for place in everywhere
    }


@pytest.mark.parametrize("database_vendor", ["sqlite"], indirect=True)
def test_the_file_of_sqlite_holds_no_byte_of_it(committed_db: Database) -> None:
    file = Path(connection.settings_dict["NAME"])
    suggestion = make_suggestion(make_article(), note=NOTE, email=EMAIL, credit=NAME)

    def stored() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))

    assert NOTE.encode() in stored()

    erase_reader(suggestion)

    assert [word for word in (NOTE, EMAIL, NAME) if word.encode() in stored()] == []
