"""Sends a running worker suggestions to triage and tasks that do nothing, in turn; prints how fast each went.

Runs in a process of its own, in the environment of that worker, after django.setup().
"""

import json
import time
from collections.abc import Callable, Iterator
from random import Random

import redis
from django.conf import settings

from benchmarks.anchoring.marks import Span
from benchmarks.anchoring.noop import noop
from corrections.anchoring.relocation import Quote
from corrections.models import Case, Suggestion
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import MAX_CONTEXT, SuggestionInput
from corrections.tasks import dispatch
from newsroom.celery import app
from newsroom.models import Article, Revision
from newsroom.operations.environment import BROKER_PREFIX, redis_client_url
from newsroom.operations.heartbeat import QUEUE

SEED = 77
SUGGESTIONS = 600
TURNS = 3
WARM_UP = 60
DEADLINE = 120.0  # seconds for one round
# Kombu keeps what waits in a list, and what a worker holds in a hash until it is done.
WAITING, HELD = QUEUE, f"{BROKER_PREFIX}unacked"


def main() -> None:
    app.set_current()  # the tasks are sent by the site's own Celery
    rounds = Rounds()
    rounds.triage(WARM_UP)
    rounds.noop(WARM_UP)
    workers = app.control.inspect().registered() or {}
    if not any(noop.name in tasks for tasks in workers.values()):
        raise RuntimeError("the worker does not know the task, and drops it unseen")
    print(json.dumps([[rounds.triage(SUGGESTIONS), rounds.noop(SUGGESTIONS)] for _turn in range(TURNS)]))


def dispatch_all() -> None:
    """What beat does second after second, without the seconds between."""
    waiting = Suggestion.objects.filter(status=Suggestion.Status.RECEIVED, leased_until=None)
    while waiting.exists():
        dispatch()


class Rounds:
    """Each round is timed from its first message until the worker has done the last."""

    def __init__(self) -> None:
        self._random = Random(SEED)
        self._revisions = [Revision.objects.current_of(article) for article in Article.objects.all()]
        self._cases = list(Case.objects.values_list("pk", flat=True))
        self._broker = redis.Redis.from_url(redis_client_url(settings.CELERY_BROKER_URL))

    def triage(self, count: int) -> float:
        """Suggestions triaged per second; the rows are removed again, so that no round has longer queues."""
        keys = [str(self._submit(self._random.choice(self._revisions)).pk) for _ in range(count)]
        rate = self._rate(dispatch_all, count)
        sent = Suggestion.objects.filter(pk__in=keys)
        if sent.exclude(status=Suggestion.Status.TRIAGED).exists():
            raise RuntimeError("the worker is done, and not every suggestion is triaged")
        sent.delete()
        Case.objects.exclude(pk__in=self._cases).delete()
        return rate

    def noop(self, count: int) -> float:
        """Tasks that do nothing, per second."""
        return self._rate(lambda: [noop.delay() for _turn in range(count)], count)

    def _rate(self, send: Callable[[], object], count: int) -> float:
        started = time.monotonic()
        send()
        for seconds in self._seconds_until_done(started):
            if seconds > DEADLINE:
                raise RuntimeError("the worker does not come to an end; its log says why")
        return count / (time.monotonic() - started)

    def _seconds_until_done(self, started: float) -> Iterator[float]:
        idle = 0
        # Twice: between the list and the hash a message is for a moment in neither.
        while idle < 2:
            idle = 0 if self._broker.llen(WAITING) or self._broker.hlen(HELD) else idle + 1
            yield time.monotonic() - started
            time.sleep(0.002)

    def _submit(self, revision: Revision) -> Suggestion:
        text = revision.require_content().canonical("body")
        start, end = self._words(text)
        quote = Quote(
            field="body",
            exact=text[start:end],
            prefix=text[max(0, start - MAX_CONTEXT) : start],
            suffix=text[end : end + MAX_CONTEXT],
            start=start,
            end=end,
            revision=revision.number,
        )
        return submit_suggestion(
            revision, sent=SuggestionInput(quote=quote, replacement=f"{quote.exact}e", category="typo")
        )

    def _words(self, text: str) -> Span:
        """One to six words."""
        start = text.index(" ", self._random.randrange(len(text) * 3 // 4)) + 1
        end = start
        for _ in range(self._random.randint(1, 6)):
            end = text.index(" ", end + 1)
        return start, end
