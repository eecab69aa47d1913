"""Worker heartbeat: a key with a time to live in Redis, written by each run of the dispatcher."""

import time
from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from newsroom.operations.environment import BROKER_PREFIX, redis_client_url

KEY = f"{BROKER_PREFIX}heartbeat"
QUEUE = f"{BROKER_PREFIX}work"  # Celery's list of waiting messages
TTL = 15  # seconds; the dispatcher writes every second, unless a run takes longer
TIMEOUT = 0.4  # seconds per command: /readyz sends two and promises an answer within one second


class BrokerUnavailable(Exception):
    """Redis does not answer."""


@cache
def _client() -> redis.Redis:
    """Lazy, one per process: Celery imports this module before settings are loaded."""
    return redis.Redis.from_url(
        redis_client_url(settings.CELERY_BROKER_URL),
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )


def write_heartbeat() -> None:
    """At the end of a dispatcher run: beat, broker, worker and database work. Raises BrokerUnavailable."""
    try:
        _client().set(KEY, int(time.time()), ex=TTL)
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def has_heartbeat() -> bool:
    """Raises BrokerUnavailable."""
    try:
        # Longer than it can be set: the clock of Redis was set back, and the key would outlive a dead worker.
        return 0 < _client().pttl(KEY) <= TTL * 1000
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def queue_depth() -> int:
    """Messages waiting in the queue. Raises BrokerUnavailable."""
    try:
        return int(_client().llen(QUEUE))
    except redis.RedisError as error:
        raise BrokerUnavailable from error
