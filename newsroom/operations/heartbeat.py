"""What dispatcher and worker leave in Redis: a heartbeat with a time to live, and which work is handed out.

Times to live run by the clock of Redis alone: an expiry in a message would compare the clocks of two machines.
"""

import time
from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from newsroom.operations.environment import BROKER_PREFIX, redis_client_url

KEY = f"{BROKER_PREFIX}heartbeat"
QUEUE, CLOCK = (f"{BROKER_PREFIX}{name}" for name in ("work", "clock"))  # Celery's lists of waiting messages
HANDED_OUT = 30  # seconds; then work is handed out again, since its worker may have died
TTL = 15  # seconds; the dispatcher writes every second, unless a run takes longer
TIMEOUT = 0.4  # seconds per command: /readyz sends two and promises an answer within one second


class BrokerUnavailable(Exception):
    """Redis does not answer."""


@cache
def broker_client() -> redis.Redis:
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
        broker_client().set(KEY, int(time.time()), ex=TTL)
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def has_heartbeat() -> bool:
    """Raises BrokerUnavailable."""
    try:
        # Longer than it can be set: the clock of Redis was set back, and the key would outlive a dead worker.
        return 0 < broker_client().pttl(KEY) <= TTL * 1000
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def queue_depth(queue: str = QUEUE) -> int:
    """Messages waiting in the queue. Raises BrokerUnavailable."""
    try:
        return int(broker_client().llen(queue))
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def mark_handed_out(work: str) -> bool:
    """Whether the work was not handed out within HANDED_OUT, or was done since. Raises BrokerUnavailable."""
    try:
        return bool(broker_client().set(f"{BROKER_PREFIX}handed-out:{work}", 1, nx=True, ex=HANDED_OUT))
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def forget_handed_out(work: str) -> None:
    """Raises BrokerUnavailable."""
    try:
        broker_client().delete(f"{BROKER_PREFIX}handed-out:{work}")
    except redis.RedisError as error:
        raise BrokerUnavailable from error
