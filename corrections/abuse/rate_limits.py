"""Rate limits per sender, and the site's flood threshold. This module refuses; redis_counters counts for it."""

import math
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import ngettext

from corrections.abuse.redis_counters import CounterResult, RedisUnavailable, counters
from corrections.abuse.sliding_windows import REFUSAL_LIMITS, SUGGESTION_LIMITS, Window, longest_window, seconds_to_wait
from corrections.models import Suggestion
from newsroom.models.deadlines import CLOCKS_DIFFER, within

# Senders without a network address: only the site's threshold applies.
UNIDENTIFIED_LIMITS = (Window(60, 1_000_000),)
MAX_LOCAL_SENDERS = 10_000  # whose requests a process counts itself while Redis is unavailable


class RateLimited(Exception):
    """The sender has to wait `seconds`, at least 1, until the next suggestion is accepted."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.seconds = max(1, math.ceil(wait))

    @property
    def sentence(self) -> str:
        """Of requests in general."""
        sentence = ngettext(
            "Too many requests came from your network; try again in %(seconds)d second.",
            "Too many requests came from your network; try again in %(seconds)d seconds.",
            self.seconds,
        )
        return sentence % {"seconds": self.seconds}


@dataclass(frozen=True, slots=True)
class SiteLoad:
    """Number of suggestions that the site accepted within a minute."""

    in_a_minute: int

    @property
    def is_flood(self) -> bool:
        """Far more than readers of a newspaper send: new suggestions go to quarantine."""
        return self.in_a_minute > settings.SUGGESTIONS_PER_MINUTE

    @property
    def is_busy(self) -> bool:
        return self.in_a_minute * 2 > settings.SUGGESTIONS_PER_MINUTE


@contextmanager
def rate_limited(sender: str) -> Iterator[SiteLoad]:
    """Context manager around storing one suggestion: counts it, and takes the count back when storing fails.

    An unidentified sender, "", is bound only by the site's threshold. Raises RateLimited.
    """
    taken = _count_in_redis(sender)
    if taken is None:
        with transaction.atomic():
            yield SiteLoad(_count_in_database(sender))
        return
    try:
        yield SiteLoad(taken.in_a_minute)
    except BaseException:
        counters().take_back(_key(sender), taken.member)
        raise


def count_refusal(sender: str) -> None:
    """Count a refused request. Raises RateLimited when there are too many."""
    _count_request("refused", sender, REFUSAL_LIMITS)


def count_follow(sender: str) -> None:
    """Count a request to follow an article. Raises RateLimited when there are too many."""
    _count_request("follow", sender, SUGGESTION_LIMITS)


def current_load() -> SiteLoad:
    """The load without counting anything, for opening a form."""
    try:
        return SiteLoad(counters().in_a_minute())
    except RedisUnavailable:
        return SiteLoad(0)  # not worth a query: a suggestion without proof of work only goes to quarantine


def _count_request(name: str, sender: str, limits: Sequence[Window]) -> None:
    """Count what leaves no row with the sender's hash. Raises RateLimited."""
    if not sender:
        return
    key = f"{name}:{sender}"
    try:
        wait = counters().take(key, limits, counts_for_site=False).wait
    except RedisUnavailable:
        wait = _local_counter.take(key, limits)
    if wait:
        raise RateLimited(wait)


def _key(sender: str) -> str:
    return f"taken:{sender}"


def _count_in_redis(sender: str) -> CounterResult | None:
    """None where Redis is unavailable. Raises RateLimited."""
    try:
        taken = counters().take(
            _key(sender), SUGGESTION_LIMITS if sender else UNIDENTIFIED_LIMITS, counts_for_site=True
        )
    except RedisUnavailable:
        return None
    if taken.wait:
        raise RateLimited(taken.wait)
    return taken


def _count_in_database(sender: str) -> int:
    """Fallback without Redis: count the stored suggestions, serialised per sender by an advisory lock.

    Returns the site's count within a minute, up to one above the threshold. Raises RateLimited.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # SQLite has a single writer anyway.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"corrigenda sender {sender}"])
    now = timezone.now()
    if sender:
        since = now - timedelta(seconds=longest_window(SUGGESTION_LIMITS))
        newest = (
            Suggestion.objects.filter(address_hash=sender, received_at__gt=since, received_at__lte=now + CLOCKS_DIFFER)
            .order_by("-received_at")
            .values_list("received_at", flat=True)[: max(window.most for window in SUGGESTION_LIMITS)]
        )
        moments = sorted(moment.timestamp() for moment in newest)
        if wait := seconds_to_wait(moments, now.timestamp(), SUGGESTION_LIMITS):
            raise RateLimited(wait)
    most: int = settings.SUGGESTIONS_PER_MINUTE
    lately = Suggestion.objects.filter(within("received_at", now, last=timedelta(minutes=1))).exclude(address_hash="")
    return lately[: most + 1].count()


class LocalCounter:
    """Fallback without Redis: requests counted in this process, for the last MAX_LOCAL_SENDERS senders."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moments: dict[str, deque[float]] = {}

    def take(self, sender: str, limits: Sequence[Window]) -> float:
        """Count one more; returns the seconds to wait, 0 if there is room."""
        now = time.monotonic()
        with self._lock:
            moments = self._moments.pop(sender, None) or deque(maxlen=max(window.most for window in limits))
            wait = seconds_to_wait(moments, now, limits)
            if not wait:
                moments.append(now)
            self._moments[sender] = moments
            while len(self._moments) > MAX_LOCAL_SENDERS:
                self._moments.pop(next(iter(self._moments)))
        return wait


_local_counter = LocalCounter()
