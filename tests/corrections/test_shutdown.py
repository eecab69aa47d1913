"""A worker that is asked to end finishes what it has in hand."""

import pytest
from django.db import transaction

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.models import Suggestion
from corrections.tasks import triage
from newsroom.publishing.publish import lock_article
from tests.support.factories import make_article
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_sigterm_lets_a_running_task_finish(processes: Processes) -> None:
    article = make_article()
    suggestion = make_suggestion(article)
    worker = processes.worker()
    assert worker.log

    with transaction.atomic():
        lock_article(article)  # triage waits here, in the middle of its work
        triage.delay(str(suggestion.pk))
        wait_until(lambda: Suggestion.objects.get(pk=suggestion.pk).attempts == 1)
        worker.process.terminate()
        wait_until(lambda: "Warm shutdown" in worker.log.read_text())  # type: ignore[union-attr]
        assert not worker.ended()
    wait_until(worker.ended)

    assert worker.process.returncode == 0
    assert Suggestion.objects.get(pk=suggestion.pk).status == Suggestion.Status.TRIAGED
