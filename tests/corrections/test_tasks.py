"""The queue with its real parts: what is owed stands in the rows, whatever dies on the way."""

import time
from uuid import uuid4

from django.db import connection
from django.db.models import F

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.models import Case, Suggestion
from corrections.tasks import dispatch, triage
from corrections.triage.pipeline import LEASE
from newsroom.models import Article
from newsroom.operations.heartbeat import has_heartbeat
from tests.conftest import Broker
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until


def triaged() -> int:
    return Suggestion.objects.filter(status=Suggestion.Status.TRIAGED).count()


def counted() -> list[tuple[str, int]]:
    return list(Case.objects.order_by("exact").values_list("exact", "readers"))


def half_a_minute_passes() -> None:
    Suggestion.objects.update(leased_until=F("leased_until") - LEASE)


def make_suggestions(article: Article, *, each: int) -> None:
    for _turn in range(each):
        make_suggestion(article)
        make_suggestion(article, "three", "four", category="fact")


def test_a_worker_killed_at_its_work_loses_and_repeats_nothing(processes: Processes) -> None:
    article = make_article()
    make_suggestions(article, each=150)
    worker = processes.worker(concurrency=2)
    processes.beat()

    wait_until(lambda: triaged() >= 20)
    worker.sweep()  # kill -9, with its children
    assert triaged() < 300
    processes.worker(concurrency=2)

    # Of a killed worker some messages are neither done nor returned; the lease of their rows has to run out.
    half_a_minute_passes()
    wait_until(lambda: triaged() == 300)
    assert counted() == [("recieve", 150), ("three", 150)]


def test_a_dead_broker_delays_and_loses_nothing(processes: Processes, broker: Broker) -> None:
    article = make_article()
    broker.kill()

    make_suggestion(article)
    make_revision(article, find="Tuesday", put="Friday")
    dispatch()  # says so, and gives its claims back
    assert Suggestion.objects.get().leased_until is None

    broker.start()
    processes.worker()
    processes.beat()
    wait_until(lambda: triaged() == 1)
    assert counted() == [("recieve", 1)]


def test_a_worker_outlives_the_death_of_its_database_connections(processes: Processes) -> None:
    """A database that restarts cuts them all; a child that kept its dead one would fail every task that it takes."""
    article = make_article()
    processes.worker(concurrency=2)
    processes.beat()
    make_suggestions(article, each=20)
    wait_until(lambda: triaged() == 40)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert len(cursor.fetchall()) >= 2
    make_suggestions(article, each=20)

    wait_until(lambda: triaged() == 80)


def test_the_search_for_work_does_not_wait_behind_other_work(processes: Processes, broker: Broker) -> None:
    for _turn in range(3000):
        triage.delay(str(uuid4()))  # of nothing, but a message all the same
    processes.beat()
    processes.worker()

    wait_until(has_heartbeat)
    assert broker.waiting() > 100


def test_a_message_that_comes_twice_counts_once(processes: Processes, broker: Broker) -> None:
    article = make_article()
    first, second = make_suggestion(article), make_suggestion(article)
    for suggestion in (first, first, second, first, second, second):
        triage.delay(str(suggestion.pk))

    processes.worker(concurrency=2)

    wait_until(lambda: triaged() == 2 and not broker.waiting())
    time.sleep(0.3)  # the last message may still be at work
    assert counted() == [("recieve", 2)]


def test_an_edit_made_anywhere_moves_the_open_cases(processes: Processes) -> None:
    edits = [("Tuesday", "Friday"), ("<p>The council", "<p>New.</p><p>The council")]
    articles = [make_article() for _edit in edits]
    for article in articles:
        make_suggestions(article, each=1)
    processes.worker()
    processes.beat()
    wait_until(lambda: triaged() == 4)

    for article, (find, put) in zip(articles, edits, strict=True):
        make_revision(article, find=find, put=put)

    current = [current_revision(article) for article in articles]
    wait_until(lambda: Case.objects.filter(anchored_in__in=current).count() == 4)
    for case in Case.objects.select_related("anchored_in__stored_text"):
        assert case.anchored_in.require_content().text[case.start : case.end] == case.exact
