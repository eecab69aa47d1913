"""A worker that stopped working ends itself; one that only lacks its servers waits for them."""

import pytest

from newsroom.operations import watchdog
from newsroom.operations.heartbeat import write_heartbeat
from newsroom.operations.watchdog import StuckDetector
from tests.conftest import Broker
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db


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


def test_a_worker_without_a_broker_waits_for_it(broker: Broker) -> None:
    watch = StuckDetector()
    wait_until(watch.is_stuck)
    broker.kill()
    assert not watch.is_stuck()
