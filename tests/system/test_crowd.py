"""Everybody at once on the running site; `make drill` does the same for a minute, and then breaks things."""

import time

import pytest
from django.conf import settings
from django.db.models import F

from benchmarks.drill.checks import broken_promises, wait_for_calm
from benchmarks.drill.crowd import EDITORS, READERS, crowd
from benchmarks.drill.journal import Journal
from benchmarks.drill.witness import call_witness
from corrections.decisions.pending import UNDO_WINDOW
from corrections.models import Decision
from newsroom.models import Revision
from tests.support.factories import make_article
from tests.support.processes import Processes
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
AT_LEAST = 6.0  # seconds that all are at work together


def ten_seconds_pass() -> None:
    """What the editors decided last can no longer be undone."""
    Decision.objects.filter(state=Decision.State.PENDING).update(due_at=F("due_at") - UNDO_WINDOW)


def test_eight_editors_and_twenty_readers_lose_nothing(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    for number in range(4):
        words = " ".join(f"word{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(300))
        make_article(slug=f"article-{number}", body=f"<p>{words}</p>")
    processes.worker()
    processes.beat()
    processes.web()
    call_witness()
    journal = Journal()

    with crowd(settings.PORT, journal, seed="a quiet harbour", editors=EDITORS, readers=READERS, pause=0.5):
        time.sleep(AT_LEAST)
        # However slow the machine: until each reader got an answer or two, and an editor published.
        wait_until(lambda: len(journal.acknowledged) > READERS and len(journal.published) > 0)

    ten_seconds_pass()
    assert wait_for_calm()
    assert [*journal.broken, *broken_promises(journal)] == []
    # 0 stands for an answer that a busy machine gave too late for its reader, who tried again under the same key.
    assert {name for name in journal.counts if name.startswith("answers")} <= {"answers 202", "answers 0"}
    assert Revision.objects.count() >= 4 + len(journal.published)
    for log in processes.logs.glob("*.log"):
        assert "locked" not in log.read_text()
