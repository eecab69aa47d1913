"""The queue with its real parts: what is owed stands in the rows, whatever dies on the way."""

import json
import time
from typing import Any
from uuid import uuid4

import redis
from django.db import connection
from django.db.models import F

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.models import Case, Suggestion
from corrections.tasks import dispatch, reanchor, triage
from corrections.triage.pipeline import LEASE
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Article
from newsroom.operations.environment import redis_client_url
from newsroom.operations.heartbeat import CLOCK, QUEUE, has_heartbeat
from newsroom.schedules import BEAT_SCHEDULE
from tests.conftest import Broker
from tests.support.databases import Database
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until
from tests.support.webhook_steps import make_hook


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


def test_no_message_is_lost_where_the_clocks_of_two_machines_differ(processes: Processes, broker: Broker) -> None:
    """An expiry would be compared with the clock of the machine that takes the message."""
    article, webhook = make_article(), make_hook("http://example.org/")
    make_case(article)
    make_revision(article, find="Tuesday", put="Friday")
    ping_hook(webhook, by=make_editor(group=DESK_CHIEF))
    dispatch()
    processes.beat()
    wait_until(lambda: broker_messages(broker, CLOCK))

    handed_out = broker_messages(broker, QUEUE)
    work = {"corrections.tasks.reanchor", "corrections.tasks.tell_hook", "corrections.tasks.echo"}
    assert {each["task"] for each in handed_out} == work
    assert {each["expires"] for each in (*handed_out, *broker_messages(broker, CLOCK))} == {None}
    assert not any({"expires", "eta", "countdown"} & each.get("options", {}).keys() for each in BEAT_SCHEDULE.values())


def test_of_ticks_that_wait_the_last_does_the_work(committed_db: Database, broker: Broker) -> None:
    suggestion = make_suggestion(make_article())
    dispatch.delay()
    dispatch()
    suggestion.refresh_from_db()
    assert suggestion.leased_until is None

    broker.empty()
    dispatch()
    suggestion.refresh_from_db()
    assert suggestion.leased_until is not None


def test_an_article_is_handed_out_again_when_it_was_done(committed_db: Database, broker: Broker) -> None:
    article = make_article()
    make_case(article)
    for put in ("Friday", "Monday"):
        make_revision(article, find="Tuesday" if put == "Friday" else "Friday", put=put)
        for _tick in range(3):
            dispatch()
        tasks = [each["task"] for each in broker_messages(broker, QUEUE)]
        assert tasks.count("corrections.tasks.reanchor") == 1
        with redis.Redis.from_url(redis_client_url(broker.url)) as client:
            client.delete(QUEUE)
        reanchor(article.pk)


def broker_messages(broker: Broker, queue: str) -> list[dict[str, Any]]:
    """Headers of the messages that wait."""
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        return [json.loads(each)["headers"] for each in client.lrange(queue, 0, -1)]


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
