"""Verify the whole record: the guards, the chain of Acts, and every act against the rows whose facts it names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.module_loading import import_string

from newsroom.audit.article_check import CHUNK, article_breaks
from newsroom.audit.chain import ChainPosition, chain_breaks
from newsroom.audit.guards import guard_breaks
from newsroom.audit.log import PUBLISH, WITHHOLD
from newsroom.audit.move_check import MoveCheck
from newsroom.audit.past_acts import FactCheck
from newsroom.audit.proposal_check import ProposalCheck
from newsroom.audit.related_accounts import approval_breaks
from newsroom.models import Act, Article

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
    """A line for each break, a Notice for what is none. Memory is bounded: runs of acts, one article's revisions."""
    yield from guard_breaks()
    checks: list[FactCheck] = [
        ProposalCheck(),
        MoveCheck(),
        *(import_string(path)() for path in settings.RECORD_CHECKS),
    ]
    yield from chain_breaks(progress.position, checks)
    for check in checks:
        yield from check.finish()
    for article in Article.objects.select_related("current").order_by("pk").iterator(CHUNK):
        yield from article_breaks(article, count=progress)
    yield from _orphaned_acts()
    yield from approval_breaks()


def _orphaned_acts() -> Iterator[str]:
    owned = Article.objects.annotate(subject=Concat(Value("article:"), "slug", output_field=CharField())).filter(
        subject=OuterRef("subject")
    )
    orphaned = Act.objects.filter(~Exists(owned), verb__in=(PUBLISH, WITHHOLD)).order_by("sequence")
    for sequence, verb, subject in orphaned.values_list("sequence", "verb", "subject").iterator(CHUNK):
        done = "published it" if verb == PUBLISH else "withheld words of it"
        yield f"{subject}: is gone, and act {sequence} {done}"
