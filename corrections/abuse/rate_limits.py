"""How much one sender may send, and above which number the whole site's suggestions are held for a look."""

import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from corrections.abuse.redis_counters import NoRedis, Taken, counters
from corrections.abuse.sliding_windows import REFUSALS, SUGGESTIONS, Window, longest, wait_for_room
from corrections.models import Suggestion

# Those whom the server cannot tell apart are bound by the site's number alone.
NOBODY = (Window(60, 1_000_000),)
MOST_REMEMBERED = 10_000  # senders whose refusals a process counts by itself while Redis is away


class TooMany(Exception):
    """The sender has to wait; `seconds` until a next suggestion is taken, at least 1."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.seconds = max(1, math.ceil(wait))


@dataclass(frozen=True, slots=True)
class Load:
    """How many suggestions the site took within a minute."""

    in_a_minute: int

    @property
    def is_flood(self) -> bool:
        """Far more than readers of a newspaper send: what comes now is held for a look."""
        return self.in_a_minute > settings.SUGGESTIONS_PER_MINUTE

    @property
    def is_busy(self) -> bool:
        return self.in_a_minute * 2 > settings.SUGGESTIONS_PER_MINUTE


@contextmanager
def admitted(sender: str) -> Iterator[Load]:
    """Around the storing of one new suggestion: counts it, and counts it no more when storing fails.

    A sender of "" is nobody who could be told from others, and bound by the site's number alone. Raises TooMany.
    """
    taken = _take(sender)
    if taken is None:
        with transaction.atomic():
            yield Load(_admitted_by_rows(sender))
        return
    try:
        yield Load(taken.in_a_minute)
    except BaseException:
        counters().take_back(_name(sender), taken.member)
        raise


def note_refusal(sender: str) -> None:
    """Count a request that was refused. Raises TooMany when there are too many of them."""
    if not sender:
        return
    try:
        wait = counters().take(f"refused:{sender}", REFUSALS, counts_for_site=False).wait
    except NoRedis:
        wait = _refused_here.take(sender)
    if wait:
        raise TooMany(wait)


def load_now() -> Load:
    """For whoever opens the form; storing counts for itself."""
    try:
        return Load(counters().in_a_minute())
    except NoRedis:
        return Load(0)  # not worth a query: what comes without proof is only held for a look


def _name(sender: str) -> str:
    return f"taken:{sender}"


def _take(sender: str) -> Taken | None:
    """None where Redis is away. Raises TooMany."""
    try:
        taken = counters().take(_name(sender), SUGGESTIONS if sender else NOBODY, counts_for_site=True)
    except NoRedis:
        return None
    if taken.wait:
        raise TooMany(taken.wait)
    return taken


def _admitted_by_rows(sender: str) -> int:
    """The same from the suggestions stored, one request of a sender after the other.

    Returns what the site took within a minute, as far as it matters. Raises TooMany.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # SQLite has one writer at a time anyhow. The number only has to be the same for the same sender.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"corrigenda sender {sender}"])
    now = timezone.now()
    if sender:
        since = now - timedelta(seconds=longest(SUGGESTIONS))
        newest = (
            Suggestion.objects.filter(address_hash=sender, received_at__gt=since)
            .order_by("-received_at")
            .values_list("received_at", flat=True)[: max(window.most for window in SUGGESTIONS)]
        )
        moments = sorted(moment.timestamp() for moment in newest)
        if wait := wait_for_room(moments, now.timestamp(), SUGGESTIONS):
            raise TooMany(wait)
    most: int = settings.SUGGESTIONS_PER_MINUTE
    lately = Suggestion.objects.filter(received_at__gt=now - timedelta(minutes=1)).exclude(address_hash="")
    return lately[: most + 1].count()


class RefusedHere:
    """Refusals as one process saw them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moments: dict[str, deque[float]] = {}

    def take(self, sender: str) -> float:
        """Count one more; the seconds to wait if there were too many."""
        now = time.monotonic()
        with self._lock:
            moments = self._moments.pop(sender, None) or deque(maxlen=max(window.most for window in REFUSALS))
            wait = wait_for_room(moments, now, REFUSALS)
            if not wait:
                moments.append(now)
            self._moments[sender] = moments
            while len(self._moments) > MOST_REMEMBERED:
                self._moments.pop(next(iter(self._moments)))
        return wait


_refused_here = RefusedHere()
