"""A record of 100,000 acts, and how long its check takes: what `benchmarks.audit` runs in a process of its own."""

import hashlib
import json
import sys
from collections.abc import Callable
from io import StringIO
from time import perf_counter

from django.core.management import call_command
from django.utils import timezone

from corrections.models import Case
from newsroom.audit.chain import hashed_rows
from newsroom.audit.log import act_hash, canonical_json, database_now, hashed_content
from newsroom.models import Act, Article, AuditHead, Editor

ACTS, TURNS, CHUNK = 100_000, 5, 2000
REPEATS = 10  # of the hashing, so that both take long enough to suffer alike from a busy machine


def main() -> None:
    """Print the seconds of the check and of the hashing alone, taken in turn, as JSON."""
    fill()
    contents = [hashed_content(values) for values in hashed_rows()]
    json.dump([(seconds(check), seconds(lambda: hashed(contents)) / REPEATS) for _turn in range(TURNS)], sys.stdout)


def fill() -> None:
    """Decisions of a desk behind the acts of the seeded articles, many at once: one by one would take minutes."""
    head, articles = AuditHead.objects.get(), list(Article.objects.select_related("current"))
    by = Editor.objects.earliest("pk")
    while head.sequence < ACTS:
        numbers = range(head.sequence + 1, min(head.sequence + CHUNK, ACTS) + 1)
        cases = Case.objects.bulk_create(declined(articles[number % len(articles)], number, by) for number in numbers)
        acts: list[Act] = []
        for number, case in zip(numbers, cases, strict=True):
            at = case.decided_at or database_now()
            payload = {"cases": [case.pk], "reason": case.reason, "decided_at": at.isoformat(timespec="microseconds")}
            act = Act(sequence=number, at=at, actor_id=by.pk, actor_name=by.username, verb="decline_case")
            act.subject, act.payload = f"article:{case.article.slug}", canonical_json(payload)
            act.previous_hash = head.hash
            act.hash = head.hash = act_hash(act)
            acts.append(act)
        Act.objects.bulk_create(acts)
        head.sequence += len(acts)
    head.save()


def declined(article: Article, number: int, by: Editor) -> Case:
    now = timezone.now()
    case = Case(
        article=article, anchored_in=article.current, category="fact", anchor="exact", first_at=now, last_at=now
    )
    case.state, case.decided_by, case.decided_at = Case.State.DECLINED, by, now
    case.reason = f"We checked this with the council; paper {number} says the same."
    return case


def check() -> None:
    call_command("verify_audit", stdout=StringIO())


def hashed(contents: list[bytes]) -> None:
    for content in contents * REPEATS:
        hashlib.sha256(content).hexdigest()


def seconds(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
