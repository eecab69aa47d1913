"""A record of 100,000 acts, and how long its check takes: what `benchmarks.audit` runs in a process of its own."""

import hashlib
import json
import sys
from collections.abc import Callable
from io import StringIO
from time import perf_counter

from django.core.management import call_command

from newsroom.audit.chain import hashed_rows
from newsroom.audit.log import act_hash, canonical_json, database_now, hashed_content
from newsroom.models import Act, Article, AuditHead

ACTS, TURNS, CHUNK = 100_000, 5, 2000
REPEATS = 10  # of the hashing, so that both take long enough to suffer alike from a busy machine


def main() -> None:
    """Print the seconds of the check and of the hashing alone, taken in turn, as JSON."""
    fill()
    contents = [hashed_content(values) for values in hashed_rows()]
    json.dump([(seconds(check), seconds(lambda: hashed(contents)) / REPEATS) for _turn in range(TURNS)], sys.stdout)


def fill() -> None:
    """Decisions of a desk behind the acts of the seeded articles, many at once: one by one would take minutes."""
    head, slugs = AuditHead.objects.get(), list(Article.objects.values_list("slug", flat=True))
    while head.sequence < ACTS:
        now = database_now()
        acts: list[Act] = []
        for number in range(head.sequence + 1, min(head.sequence + CHUNK, ACTS) + 1):
            payload = {"cases": [number], "reason": f"We checked this with the council; paper {number} says the same."}
            subject = f"article:{slugs[number % len(slugs)]}"
            act = Act(sequence=number, at=now, actor_id=1, actor_name="chief", verb="decline_case", subject=subject)
            act.payload, act.previous_hash = canonical_json(payload), head.hash
            act.hash = head.hash = act_hash(act)
            acts.append(act)
        Act.objects.bulk_create(acts)
        head.sequence += len(acts)
    head.save()


def check() -> None:
    call_command("verify_audit", stdout=StringIO())


def hashed(contents: list[bytes]) -> None:
    for content in contents * REPEATS:
        hashlib.sha256(content).hexdigest()


def seconds(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
