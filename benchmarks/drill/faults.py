"""What goes wrong in a drill, in an order and at moments that the seed chooses."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import redis
from django.db import connections

from benchmarks.drill.journal import Journal
from benchmarks.drill.servers import DoesNotStart, Foundations, Site, children
from corrections.models import Suggestion
from newsroom.celery import app
from newsroom.operations.environment import redis_client_url
from newsroom.operations.heartbeat import QUEUE

DOWN = 8.0  # seconds that a killed broker stays away
HUNG = 10.0
ALONE = 17.0
TWICE = 20  # suggestions whose triage is ordered again


class Faults:
    """Each method does its harm, mends what it broke unless the site's own supervisor does, and writes it down."""

    def __init__(self, site: Site, foundations: Foundations, journal: Journal, *, seed: str) -> None:
        self._site = site
        self._foundations = foundations
        self._journal = journal
        self._random = random.Random(seed)

    def schedule(self) -> list[tuple[float, Callable[[], None]]]:
        """Each fault with the seconds to wait before it."""
        twice = (self.kill_worker, self.kill_worker_child, self.kill_database, self.kill_web)
        broker = (self.kill_broker, self.lose_queue, self.hang_broker)
        faults = [*twice, *twice, *broker, *[self.deliver_twice] * 3]
        self._random.shuffle(faults)
        waits = [self._random.uniform(5, 13) for _fault in faults]
        # What is promised of a worker's death is measured on it alone: nothing else happens for so long.
        alone = [ALONE if before.__name__.startswith("kill_worker") else 0.0 for before in faults]
        return list(zip([waits[0], *map(max, waits[1:], alone)], faults, strict=True))

    def kill_worker(self) -> None:
        """The parent and its children at once."""
        pid = self._pid("worker")
        at = time.time()
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        self._journal.note_spell("worker killed", at, at)

    def kill_worker_child(self) -> None:
        mine = children(self._pid("worker"))
        at = time.time()
        if mine:
            with suppress(ProcessLookupError):
                os.kill(self._random.choice(mine), signal.SIGKILL)
        self._journal.note_spell("worker child killed", at, at)

    def kill_web(self) -> None:
        pid = self._pid("web")
        at = time.time()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self._journal.note_spell("web server killed", at, at)

    def kill_broker(self) -> None:
        at = time.time()
        self._foundations.kill_broker()
        time.sleep(DOWN)
        self._foundations.start_broker()
        self._journal.note_spell("broker down", at, time.time())

    def lose_queue(self) -> None:
        """The broker dies, and its disk with it."""
        at = time.time()
        self._foundations.kill_broker()
        time.sleep(DOWN)
        self._foundations.wipe_broker()
        self._foundations.start_broker()
        self._journal.note_spell("broker down", at, time.time())

    def hang_broker(self) -> None:
        process, at = self._foundations.broker.process, time.time()
        process.send_signal(signal.SIGSTOP)
        time.sleep(HUNG)
        process.send_signal(signal.SIGCONT)
        self._journal.note_spell("broker hung", at, time.time())

    def kill_database(self) -> None:
        at = time.time()
        self._foundations.kill_database()
        time.sleep(self._random.uniform(0, 3))
        self._foundations.start_database()
        connections.close_all()  # this thread's own went with it
        self._journal.note_spell("database down", at, time.time())

    def deliver_twice(self) -> None:
        """Whatever waits in the queue, and the triage of suggestions that came a moment ago."""
        at = time.time()
        recent = Suggestion.objects.order_by("-received_at").values_list("pk", flat=True)[:TWICE]
        for pk in [str(pk) for pk in recent]:
            for _turn in range(2):
                app.send_task("corrections.tasks.triage", args=(pk,))
        with redis.Redis.from_url(redis_client_url(self._foundations.broker.url)) as client:
            for message in client.lrange(QUEUE, 0, -1):
                client.lpush(QUEUE, message)
        self._journal.note_spell("messages delivered twice", at, time.time())

    def _pid(self, name: str) -> int:
        """Of a process that may be on its way up."""
        deadline = time.monotonic() + 30
        while (pid := self._site.process(name)) is None:
            if time.monotonic() > deadline:
                raise DoesNotStart(f"the site's {name} does not come up again")
            time.sleep(0.1)
        return pid
