"""Counters in Redis: every window has its room, and a server that fails is left alone for a while."""

from collections.abc import Callable
from typing import Any

import pytest
import redis

from corrections.abuse import redis_counters
from corrections.abuse.redis_counters import PREFIX, CounterResult, Counters, RedisUnavailable
from corrections.abuse.sliding_windows import Window
from newsroom.operations.environment import redis_client_url
from tests.conftest import Broker

WINDOWS = (Window(60, 2), Window(3600, 3))


@pytest.fixture
def counters(broker: Broker) -> Counters:
    return Counters(broker.url)


def take(counters: Counters, name: str = "a", *, counts_for_site: bool = True) -> CounterResult:
    return counters.take(name, WINDOWS, counts_for_site=counts_for_site)


def grow_old(counters: Counters, seconds: float) -> None:
    """What was counted under "a" so far lies longer ago."""
    for member, _score in counters._client.zscan_iter(f"{PREFIX}a"):
        counters._client.zincrby(f"{PREFIX}a", -seconds, member)


def test_each_window_has_its_own_room(counters: Counters) -> None:
    assert [take(counters).wait for _turn in range(2)] == [0, 0]
    assert 59 < take(counters).wait <= 60
    grow_old(counters, 61)
    assert take(counters).wait == 0
    assert 3500 < take(counters).wait <= 3600 - 60
    assert take(counters, "b").wait == 0


def test_what_was_counted_a_day_ahead_blocks_nobody(counters: Counters) -> None:
    assert [take(counters).wait for _turn in range(2)] == [0, 0]
    grow_old(counters, -86_400)
    assert [take(counters).wait for _turn in range(2)] == [0, 0]
    assert 59 < take(counters).wait <= 60


def test_what_was_refused_is_not_counted(counters: Counters) -> None:
    totals = [take(counters).in_a_minute for _turn in range(4)]
    assert totals[:2] == [1, 2]
    assert totals[2:] == [0, 0]
    assert counters._client.zcard(f"{PREFIX}a") == 2


def test_what_is_taken_back_leaves_room(counters: Counters) -> None:
    members = [take(counters).member for _turn in range(2)]
    counters.take_back("a", members[0])
    assert take(counters).wait == 0
    assert take(counters).wait > 0


def test_the_site_counts_what_shall_count_for_it(counters: Counters) -> None:
    take(counters, "refusals", counts_for_site=False)
    assert counters.in_a_minute() == 0
    for number in range(3):
        assert take(counters, f"sender {number}").in_a_minute == number + 1
    assert counters.in_a_minute() == 3


def test_what_is_seen_once_is_known_until_its_time_is_over(counters: Counters) -> None:
    assert [counters.once("solved:x", seconds=60) for _turn in range(2)] == [True, False]
    assert counters.once("solved:y", seconds=60)
    assert 55 < counters._client.ttl(f"{PREFIX}solved:x") <= 60


def test_counts_are_forgotten_after_the_longest_window(counters: Counters) -> None:
    take(counters)
    assert 3590 < counters._client.ttl(f"{PREFIX}a") <= 3600


@pytest.mark.parametrize("garbage", ["abc", "nan", "1e400", "9" * 5_000])
def test_what_somebody_else_wrote_into_the_counters_counts_as_no_redis(broker: Broker, garbage: str) -> None:
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        for minute in range(-1, 2):  # the clock may go on meanwhile
            client.set(f"{PREFIX}site:{int(client.time()[0]) // 60 + minute}", garbage)
    with pytest.raises(RedisUnavailable):
        Counters(broker.url).in_a_minute()
    with pytest.raises(RedisUnavailable):
        take(Counters(broker.url))


def test_after_a_failure_redis_is_left_alone_for_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    counters, asked = Counters("redis://127.0.0.1:1/0"), list[float]()

    def refuse(*_arguments: object) -> None:
        asked.append(now)
        raise redis.ConnectionError

    calls: list[Callable[[], object]] = [
        lambda: take(counters),
        lambda: counters.once("x", seconds=1),
        counters.in_a_minute,
    ]
    monkeypatch.setattr(counters._client.connection_pool, "get_connection", refuse)
    for call in calls:
        with pytest.raises(RedisUnavailable):
            call()
    counters.take_back("a", "member")  # nothing to take back, and no error
    assert asked == [1000.0]
    now += 10
    with pytest.raises(RedisUnavailable):
        take(counters)
    assert asked == [1000.0, 1010.0]


def test_a_process_has_one_for_each_server(settings: Any) -> None:
    first = redis_counters.counters()
    assert redis_counters.counters() is first
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert redis_counters.counters() is not first
