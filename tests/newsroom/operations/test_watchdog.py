"""A worker that stopped working ends itself; one that only lacks its servers waits for them."""

import time
from dataclasses import dataclass
from typing import Any

import pytest
from celery import Celery
from celery.worker import state

from newsroom.operations import watchdog
from newsroom.operations.heartbeat import write_heartbeat
from newsroom.operations.watchdog import StuckDetector
from tests.conftest import Broker
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db
tasks = Celery("tests", set_as_current=False)


@tasks.task(time_limit=240)
def decide() -> None:
    """Takes long, as a decision may."""


@tasks.task(time_limit=15)
def dispatch() -> None:
    """A tick."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "STUCK_AFTER", 0.3)


def test_a_worker_without_a_mark_is_stuck_after_a_while(broker: Broker) -> None:
    watch = StuckDetector()
    assert not watch.is_stuck()
    wait_until(watch.is_stuck)


def test_a_worker_that_leaves_its_mark_is_well(broker: Broker) -> None:
    watch = StuckDetector()
    broker.empty()
    wait_until(watch.is_stuck)
    write_heartbeat()
    assert not watch.is_stuck()


def test_a_worker_that_begins_tasks_is_not_stuck(broker: Broker) -> None:
    watch = StuckDetector()
    wait_until(watch.is_stuck)
    watch.note_work(sender=None)
    assert not watch.is_stuck()


@dataclass(eq=False)
class Held:
    """A task in the worker's hands, as Celery tells of it."""

    id: str
    task: Any


def test_a_worker_whose_processes_are_all_at_long_decisions_is_not_stuck_until_their_limit(broker: Broker) -> None:
    watch, long, short = StuckDetector(), Held("1", decide), Held("2", dispatch)
    state.reserved_requests.add(long)
    state.reserved_requests.add(short)
    watch.note_work(request=short)
    wait_until(watch.is_stuck)
    watch.note_work(request=long)
    seen_at = time.monotonic()
    wait_until(lambda: watch.is_stuck() or time.monotonic() - seen_at > 3 * watchdog.STUCK_AFTER)
    assert not watch.is_stuck()

    state.reserved_requests.discard(long)  # it ended
    wait_until(watch.is_stuck)


def test_a_long_task_whose_process_died_counts_until_its_limit_only(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "time_limit", 0.1)
    watch, lost = StuckDetector(), Held("1", decide)
    state.reserved_requests.add(lost)
    watch.note_work(request=lost)
    wait_until(watch.is_stuck)


def test_a_worker_without_a_broker_waits_for_it(broker: Broker) -> None:
    watch = StuckDetector()
    wait_until(watch.is_stuck)
    broker.kill()
    assert not watch.is_stuck()
