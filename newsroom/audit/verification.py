"""Verify the whole record: the chain of Acts, and every revision against its text and its Act."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Concat

from newsroom.audit.chain import ChainPosition, chain_breaks
from newsroom.audit.log import PUBLISH, WITHHOLD, number_of, wording_digest
from newsroom.audit.related_accounts import approval_breaks
from newsroom.models import Act, Article, Revision
from newsroom.text.canonical import canonical_text

CHUNK = 50  # revisions held in memory at a time, with their bodies
BEGIN = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", "sqlite": "BEGIN"}


@dataclass(slots=True)
class Progress:
    """How far verification has read."""

    position: ChainPosition
    revisions: int = 0


@contextmanager
def read_snapshot() -> Iterator[None]:
    """Read-only snapshot of the database, which does not block writers.

    Not atomic(): on SQLite that takes the write lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def record_breaks(progress: Progress) -> Iterator[str]:
    """A line for each break. Memory is bounded: one article's acts and CHUNK revisions."""
    yield from chain_breaks(progress.position)
    for article in Article.objects.select_related("current").order_by("pk").iterator(CHUNK):
        yield from _article_breaks(article, progress)
    yield from _orphaned_acts()
    yield from approval_breaks()


def _orphaned_acts() -> Iterator[str]:
    owned = Article.objects.annotate(subject=Concat(Value("article:"), "slug", output_field=CharField())).filter(
        subject=OuterRef("subject")
    )
    orphaned = Act.objects.filter(~Exists(owned), verb=PUBLISH).order_by("sequence")
    for sequence, subject in orphaned.values_list("sequence", "subject").iterator(CHUNK):
        yield f"{subject}: is gone, and act {sequence} published it"


def _article_breaks(article: Article, progress: Progress) -> Iterator[str]:
    published, withheld = _acts_of(article)
    revisions = article.revisions.select_related("stored_text", "based_on").order_by("number")
    number = 0
    for revision in revisions.iterator(CHUNK):
        progress.revisions += 1
        yield from (f"revision {article.slug} {gap}: is missing" for gap in range(number + 1, revision.number))
        number = revision.number
        acts = published.pop(number, [])
        yield from (f"revision {article.slug} {number}: {wrong}" for wrong in _act_breaks(revision, acts))
        if wrong := _text_break(revision, withheld=number in withheld):
            yield f"revision {article.slug} {number}: {wrong}"
    for gone, acts in published.items():
        yield f"revision {article.slug} {gone}: is gone, and act {acts[0].sequence} published it"
    if (shown := number_of(article.current) or 0) != number:
        yield f"article {article.slug}: shows revision {shown}, and {number} is its last"


def _acts_of(article: Article) -> tuple[dict[int, list[Act]], set[int]]:
    """Publishing acts by revision number, and the numbers whose text was withheld."""
    published: dict[int, list[Act]] = {}
    withheld: set[int] = set()
    acts = Act.objects.filter(subject=f"article:{article.slug}", verb__in=(PUBLISH, WITHHOLD)).order_by("sequence")
    for act in acts.iterator():
        number = _payload(act).get("revision", 0)
        if act.verb == PUBLISH:
            published.setdefault(number, []).append(act)
        else:
            withheld.add(number)
    return published, withheld


def _act_breaks(revision: Revision, acts: list[Act]) -> Iterable[str]:
    if not acts:
        yield "no act published it"
        return
    if len(acts) > 1:
        yield f"acts {', '.join(str(act.sequence) for act in acts)} each published it"
    payload = _payload(acts[0])
    facts: dict[str, object] = {
        "kind": revision.kind,
        "note": revision.note,
        "digest": revision.digest,
        "based_on": number_of(revision.based_on),
        "published_at": revision.published_at.isoformat(timespec="microseconds"),
    }
    changed = [name for name, value in facts.items() if payload.get(name) != value]
    # The account may have been renamed; its key stays.
    changed += ["editor"] if acts[0].actor_id != revision.editor_id else []
    changed += ["approved_by"] if bool(payload.get("approved_by")) != bool(revision.approved_by_id) else []
    if changed:
        yield f"its {', '.join(changed)} differ from what act {acts[0].sequence} published"


def _text_break(revision: Revision, *, withheld: bool) -> str:
    content = revision.content
    if content is None:
        return "" if withheld else "its words are gone, and no act withheld them"
    if wording_digest(content.wording) != revision.digest:
        return "its words were changed, the digest is that of others"
    if canonical_text(content.body) != content.text:
        return "its canonical text was changed, the body has another"
    return ""


def _payload(act: Act) -> dict[str, Any]:
    """An act's payload; empty if unparsable, which the chain check reports."""
    try:
        payload = json.loads(act.payload)
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}
