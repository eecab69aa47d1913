"""Counts in Redis for all processes together, on a connection of its own that never makes a reader wait."""

import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from corrections.abuse.sliding_windows import Window, longest
from newsroom.operations.environment import redis_client_url

TIMEOUT = 0.05  # seconds; a healthy server answers in a tenth of a millisecond
BROKEN = 10.0  # seconds without Redis after it failed, so that one hang is paid once and not by every reader
PREFIX = "corrigenda:sent:"

# Looks and enters in one step, so that requests side by side cannot pass together. By the server's clock: those of the
# web servers may differ. KEYS: the sender's moments, this minute's total, the last one's prefix. ARGV: the member, then
# seconds and most of each window. Answers the milliseconds to wait, and what the site took within a minute.
TAKE = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local wait = 0
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]))
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


class NoRedis(Exception):
    """Redis does not answer, or did not a moment ago."""


@dataclass(frozen=True, slots=True)
class Taken:
    """`wait`: seconds until there is room, 0 when it was entered now as `member`; `in_a_minute`: the whole site's."""

    wait: float
    member: str
    in_a_minute: int


class Counters:
    """One for each process; its threads share the connections."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(
            redis_client_url(url),
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._client.register_script(TAKE)
        self._broken_until = 0.0

    def take(self, name: str, windows: Sequence[Window], *, counts_for_site: bool) -> Taken:
        """Enter one more under `name` if every window has room. Raises NoRedis."""
        member = secrets.token_hex(8)
        arguments: list[str | int] = [member, int(counts_for_site), longest(windows)]
        arguments += [number for window in windows for number in (window.seconds, window.most)]
        self._refuse_broken()
        try:
            wait, total = self._take(keys=[PREFIX + name, PREFIX + "site:"], args=arguments)
        except redis.RedisError as error:
            raise self._broken() from error
        return Taken(wait / 1000, member, total)

    def take_back(self, name: str, member: str) -> None:
        """The entry counts no more. Where Redis is gone the entry is gone with it."""
        try:
            self._refuse_broken()
            self._client.zrem(PREFIX + name, member)
        except (NoRedis, redis.RedisError):
            self._broken()

    def once(self, name: str, *, seconds: int) -> bool:
        """Whether `name` comes for the first time within `seconds`. Raises NoRedis."""
        self._refuse_broken()
        try:
            return bool(self._client.set(PREFIX + name, 1, nx=True, ex=seconds))
        except redis.RedisError as error:
            raise self._broken() from error

    def in_a_minute(self) -> int:
        """How many suggestions the site took in this minute so far and the whole one before. Raises NoRedis."""
        self._refuse_broken()
        minute = int(time.time() // 60)
        try:
            counts = self._client.mget(f"{PREFIX}site:{minute}", f"{PREFIX}site:{minute - 1}")
        except redis.RedisError as error:
            raise self._broken() from error
        return max(int(count or 0) for count in counts)

    def _refuse_broken(self) -> None:
        if time.monotonic() < self._broken_until:
            raise NoRedis

    def _broken(self) -> NoRedis:
        self._broken_until = time.monotonic() + BROKEN
        return NoRedis()


_lock = threading.Lock()
_made: dict[str, Counters] = {}


def counters() -> Counters:
    """This process's own, made on first use: a forked process must not share a socket."""
    url = settings.CELERY_BROKER_URL
    with _lock:
        if url not in _made:
            _made[url] = Counters(url)
        return _made[url]
