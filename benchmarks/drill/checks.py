"""Holds what the database says after a drill against what readers and editors were told."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import Count, F, Max, QuerySet

from benchmarks.drill.journal import Journal
from benchmarks.drill.witness import times_triaged
from corrections.models import Case, Decision, Suggestion
from newsroom.audit.chain import ChainPosition, kept_heads
from newsroom.audit.log import PUBLISH
from newsroom.audit.verification import Progress, read_snapshot, record_breaks
from newsroom.models import Act, Article, Revision

CALM = 120.0  # seconds in which everything owed must have been done
Status = Suggestion.Status


def wait_for_calm() -> bool:
    """Whether nothing is owed any more: no suggestion waits for triage, no decision for being carried out."""
    deadline = time.monotonic() + CALM
    while time.monotonic() < deadline:
        owed = Suggestion.objects.filter(status=Status.RECEIVED).exists()
        if not owed and not Decision.objects.filter(state=Decision.State.PENDING).exists():
            return True
        time.sleep(0.5)
    return False


def broken_promises(journal: Journal) -> Iterator[str]:
    yield from _suggestions(journal)
    yield from _triaged_once(journal)
    yield from _revisions(journal)
    kept = (head.split(":") for head in journal.heads)
    position = ChainPosition(expected=dict(kept_heads((int(sequence), digest) for sequence, digest in kept)))
    with read_snapshot():
        yield from record_breaks(Progress(position))


def _suggestions(journal: Journal) -> Iterator[str]:
    columns = _drilled(journal).values_list("pk", "key_hash", "replacement")
    rows = {str(pk): (key, replacement) for pk, key, replacement in columns}
    for key, told in journal.acknowledged.items():
        if told not in rows:
            yield f"suggestion {told} was acknowledged and is not stored"
        elif rows[told] != (_hash(key), journal.sent[key]):
            yield f"suggestion {told} is not stored as it was sent"
    known = {_hash(key): key for key in journal.sent}
    stored = Counter(key for key, _replacement in rows.values())
    yield from (f"key {known[key]} made {stored[key]} rows" for key in known if stored[key] > 1)
    if strange := sum(number for key, number in stored.items() if key not in known):
        yield f"{strange} suggestions are stored that nobody of the drill sent"


def _drilled(journal: Journal) -> QuerySet[Suggestion]:
    """The demo brings a few suggestions of its own."""
    return Suggestion.objects.filter(received_at__gte=_moment(journal.began))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _triaged_once(journal: Journal) -> Iterator[str]:
    for status, rows in Suggestion.objects.exclude(status=Status.TRIAGED).values_list("status").annotate(Count("pk")):
        yield f"{rows} suggestions are still {status}"
    times = times_triaged()
    for pk in _drilled(journal).filter(status=Status.TRIAGED).values_list("pk", flat=True):
        if times[pk] != 1:
            yield f"suggestion {pk} was triaged {times[pk]} times"
    told = Case.objects.annotate(taken=Count("suggestions")).exclude(taken=F("readers"))
    for case in told.exclude(state=Case.State.MERGED):
        yield f"case {case.pk} counts {case.readers} readers and holds {case.suggestions.count()} suggestions"


def _revisions(journal: Journal) -> Iterator[str]:
    numbers = Article.objects.values_list("slug", Count("revisions"), Max("revisions__number"))
    for slug, rows, last in numbers:
        acts = Act.objects.filter(verb=PUBLISH, subject=f"article:{slug}").count()
        if not rows == (last or 0) == acts:
            yield f"{slug}: {rows} revisions, the last is {last}, {acts} acts published them"
    texts = {
        revision.article.slug: revision.require_content().text
        for revision in Revision.objects.filter(article__current=F("pk")).select_related("article", "stored_text")
    }
    for slug, sentence in journal.published:
        if sentence not in texts[slug]:
            yield f"{slug}: the sentence {sentence!r} was published and is lost"


def seconds_until_triaged(since: float) -> float | None:
    """From a moment (seconds since the epoch) to the first suggestion that was triaged after it."""
    found = Suggestion.objects.filter(triaged_at__gt=_moment(since)).order_by("triaged_at").first()
    return found.triaged_at.timestamp() - since if found and found.triaged_at else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
