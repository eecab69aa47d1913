"""Worker heartbeat: a key with a time to live in Redis, written by each run of the dispatcher."""

import time
from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from newsroom.operations.environment import redis_client_url

KEY = "corrigenda:heartbeat"
QUEUE = "celery"  # the list in which Celery keeps what no worker has taken yet
LASTS = 15  # seconds; the dispatcher leaves the mark every second, unless a long tick holds it up
TIMEOUT = 0.4  # seconds for one answer, so that two fit into the second in which /readyz promises its own


class NoBroker(Exception):
    """The broker gives no answer."""


@cache
def _client() -> redis.Redis:
    """One for the process, made when it is first needed: Celery imports this before there are settings."""
    return redis.Redis.from_url(
        redis_client_url(settings.CELERY_BROKER_URL),
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )


def leave_mark() -> None:
    """Called when a dispatcher run ends: proof that beat, broker, worker and database work. Raises NoBroker."""
    try:
        _client().set(KEY, int(time.time()), ex=LASTS)
    except redis.RedisError as error:
        raise NoBroker from error


def is_served() -> bool:
    """Raises NoBroker."""
    try:
        return bool(_client().exists(KEY))
    except redis.RedisError as error:
        raise NoBroker from error


def queue_depth() -> int:
    """Messages that no worker has taken yet. Raises NoBroker."""
    try:
        return int(_client().llen(QUEUE))
    except redis.RedisError as error:
        raise NoBroker from error
