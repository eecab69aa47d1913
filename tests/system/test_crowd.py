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

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
SECONDS = 6


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
        time.sleep(SECONDS)

    ten_seconds_pass()
    assert wait_for_calm()
    assert [*journal.broken, *broken_promises(journal)] == []
    assert set(journal.counts) & {"answers 202"} == {name for name in journal.counts if name.startswith("answers")}
    assert len(journal.acknowledged) > READERS
    assert Revision.objects.count() >= 4 + len(journal.published) > 4
    for log in processes.logs.glob("*.log"):
        assert "locked" not in log.read_text()
