"""Sliding-window counters in Redis, shared by all processes. They count; rate_limits decides what is refused."""

import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from corrections.abuse.sliding_windows import Window, longest_window
from newsroom.operations.environment import redis_client_url

TIMEOUT = 0.05  # seconds; a healthy server answers in a tenth of a millisecond
RETRY_AFTER = 10.0  # seconds without Redis after a failure (circuit breaker), so that a hang delays one reader only
PREFIX = "corrigenda:sent:"

# Checks and adds atomically, so that concurrent requests cannot both pass. By the Redis clock, as those of the web
# servers may differ; entries ahead of it were made before it was set back, and are dropped. KEYS: the sender's sorted
# set of times, the prefix of the site's totals by minute. ARGV: member, whether it counts for the site, the longest
# window in seconds, then seconds and maximum of each window. Returns the milliseconds to wait, and the site's count
# within a minute.
TAKE_SCRIPT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local wait = 0
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]))
redis.call('ZREMRANGEBYSCORE', KEYS[1], now + 1, '+inf')
for at = 4, #ARGV, 2 do
  local seconds, most = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local since = '(' .. (now - seconds)
  local inside = redis.call('ZCOUNT', KEYS[1], since, '+inf')
  if inside >= most then
    local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], since, '+inf', 'WITHSCORES', 'LIMIT', inside - most, 1)
    wait = math.max(wait, tonumber(oldest[2]) + seconds - now)
  end
end
if wait > 0 then return {math.ceil(wait * 1000), 0} end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
if ARGV[2] == '0' then return {0, 0} end
local minute = math.floor(now / 60)
local total = redis.call('INCR', KEYS[2] .. minute)
redis.call('EXPIRE', KEYS[2] .. minute, 180)
local before = tonumber(redis.call('GET', KEYS[2] .. (minute - 1)) or '0')
return {0, math.floor(total + before * (1 - now % 60 / 60))}
"""


class RedisUnavailable(Exception):
    """Redis does not respond, or failed within RETRY_AFTER."""


@dataclass(frozen=True, slots=True)
class CounterResult:
    """`wait`: seconds until there is room, 0 if it was counted, as `member`; `in_a_minute`: the site's count."""

    wait: float
    member: str
    in_a_minute: int


class Counters:
    """One per process; its threads share the connection pool."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(
            redis_client_url(url),
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._client.register_script(TAKE_SCRIPT)
        self._broken_until = 0.0

    def take(self, name: str, windows: Sequence[Window], *, counts_for_site: bool) -> CounterResult:
        """Count one more under `name` if every window has room. Raises RedisUnavailable."""
        member = secrets.token_hex(8)
        arguments: list[str | int] = [member, int(counts_for_site), longest_window(windows)]
        arguments += [number for window in windows for number in (window.seconds, window.most)]
        self._refuse_broken()
        try:
            wait, total = self._take(keys=[PREFIX + name, PREFIX + "site:"], args=arguments)
        except redis.RedisError as error:
            raise self._broken() from error
        return CounterResult(wait / 1000, member, total)

    def take_back(self, name: str, member: str) -> None:
        """Remove an entry again; without Redis there is nothing to remove."""
        try:
            self._refuse_broken()
            self._client.zrem(PREFIX + name, member)
        except (RedisUnavailable, redis.RedisError):
            self._broken()

    def once(self, name: str, *, seconds: int) -> bool:
        """Whether `name` was not seen within `seconds`. Raises RedisUnavailable."""
        self._refuse_broken()
        try:
            return bool(self._client.set(PREFIX + name, 1, nx=True, ex=seconds))
        except redis.RedisError as error:
            raise self._broken() from error

    def in_a_minute(self) -> int:
        """Suggestions of this minute or the last, whichever had more. Raises RedisUnavailable."""
        self._refuse_broken()
        try:
            minute = int(self._client.time()[0]) // 60  # by its clock, as the script counts
            counts = self._client.mget(f"{PREFIX}site:{minute}", f"{PREFIX}site:{minute - 1}")
            return max(int(count or 0) for count in counts)
        except (redis.RedisError, ValueError) as error:  # or somebody else wrote there
            raise self._broken() from error

    def _refuse_broken(self) -> None:
        if time.monotonic() < self._broken_until:
            raise RedisUnavailable

    def _broken(self) -> RedisUnavailable:
        self._broken_until = time.monotonic() + RETRY_AFTER
        return RedisUnavailable()


_lock = threading.Lock()
_made: dict[str, Counters] = {}


def counters() -> Counters:
    """This process's counters, created on first use: a forked process must not share a socket."""
    url = settings.CELERY_BROKER_URL
    with _lock:
        if url not in _made:
            _made[url] = Counters(url)
        return _made[url]
