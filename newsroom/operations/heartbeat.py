"""What processes leave in Redis: a heartbeat with a time to live, which work is handed out, the record's last check.

Times to live run by the clock of Redis alone: an expiry in a message would compare the clocks of two machines.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
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
RECORD_CHECK = f"{BROKER_PREFIX}record-check"


class BrokerUnavailable(Exception):
    """Redis does not answer."""


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """How verify_audit ended last: `sequence` of the newest act that it read."""

    at: datetime
    is_whole: bool
    sequence: int


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


def note_record_check(*, is_whole: bool, sequence: int) -> None:
    """Raises BrokerUnavailable."""
    try:
        broker_client().set(RECORD_CHECK, f"{int(time.time())} {int(is_whole)} {sequence}")
    except redis.RedisError as error:
        raise BrokerUnavailable from error


def last_record_check() -> RecordCheck | None:
    """None where none is remembered. Raises BrokerUnavailable."""
    try:
        kept = broker_client().get(RECORD_CHECK)
    except redis.RedisError as error:
        raise BrokerUnavailable from error
    parts = str(kept.decode() if isinstance(kept, bytes) else kept or "").split()
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    at, whole, sequence = map(int, parts)
    return RecordCheck(datetime.fromtimestamp(at, UTC), bool(whole), sequence)
