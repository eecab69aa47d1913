"""The dispatcher's sign of life, and the length of its queue."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis

from newsroom.operations import heartbeat
from newsroom.operations.environment import BROKER_PREFIX, redis_client_url
from newsroom.operations.heartbeat import (
    KEY,
    QUEUE,
    BrokerUnavailable,
    forget_handed_out,
    has_heartbeat,
    mark_handed_out,
    queue_depth,
    write_heartbeat,
)
from tests.conftest import Broker


@pytest.fixture
def client(broker: Broker) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        yield client


def test_a_worker_is_alive_for_fifteen_seconds_after_its_last_run(client: redis.Redis) -> None:
    assert not has_heartbeat()
    write_heartbeat()
    assert has_heartbeat()
    assert 13 < int(client.ttl(KEY)) <= 15
    client.expire(KEY, 86_400)  # what a clock that was set back makes of it
    assert not has_heartbeat()
    client.delete(KEY)
    assert not has_heartbeat()


def test_the_depth_is_that_of_celerys_own_queue(client: redis.Redis) -> None:
    assert queue_depth() == 0
    client.rpush(QUEUE, "one", "two")
    client.rpush("another", "three")
    assert queue_depth() == 2


def test_work_is_handed_out_once_in_half_a_minute_or_until_it_is_done(client: redis.Redis) -> None:
    assert [mark_handed_out(work) for work in ("article 1", "article 1", "article 2")] == [True, False, True]
    forget_handed_out("article 1")
    assert mark_handed_out("article 1")
    assert 25 < int(client.ttl(f"{BROKER_PREFIX}handed-out:article 1")) <= 30


def ask_for_article() -> None:
    mark_handed_out("article 1")


def give_article_back() -> None:
    forget_handed_out("article 1")


@pytest.mark.parametrize("ask", [write_heartbeat, has_heartbeat, queue_depth, ask_for_article, give_article_back])
def test_a_broker_that_does_not_answer_is_named(ask: Callable[[], object], settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    heartbeat.broker_client.cache_clear()
    try:
        with pytest.raises(BrokerUnavailable):
            ask()
    finally:
        heartbeat.broker_client.cache_clear()
