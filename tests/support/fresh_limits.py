"""A pytest plugin for the correction desk: requests of earlier tests do not count against the limits of this one."""

import os

import pytest
import redis

from corrections.abuse import rate_limits, redis_counters
from newsroom.operations.environment import redis_client_url


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "_local_counter", rate_limits.LocalCounter())
    redis_counters._made.clear()  # it may hold the client of a broker that a test killed
    with redis.Redis.from_url(redis_client_url(os.environ["REDIS_URL"])) as client:
        for key in client.scan_iter(match=f"{redis_counters.PREFIX}*", count=1000):
            client.delete(key)
