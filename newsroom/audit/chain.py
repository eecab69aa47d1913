"""Checks the chain of Acts against itself, and against heads that others kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from newsroom.audit.log import GENESIS_HASH, HASHED, hashed_content
from newsroom.models import Act, AuditHead

CHUNK = 2000  # acts held in memory at a time
# The guards let an act's time be this far off the database's clock, which may itself be set back a little.
CLOCK = timedelta(seconds=5)


class Spelled(Func):
    """A time as the hash has it, written by the database: to read and write it here would take a third of the check."""

    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        # Django stores "2026-11-24 19:30:00.123456", without the fraction where it is nought.
        at = "%(expressions)s"
        fraction = f"substr(substr({at}, 21) || '000000', 1, 6)"
        template = f"substr({at}, 1, 10) || 'T' || substr({at}, 12, 8) || '.' || {fraction} || '+00:00'"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(slots=True)
class Link:
    """Where the check stands in the chain."""

    sequence: int = 0
    hash: str = GENESIS_HASH
    spelled: str = ""  # its time
    # Kept heads that the chain has not come to yet: the hash for each sequence.
    expected: dict[int, set[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


def chain_breaks(link: Link) -> Iterator[str]:
    """A line for each place where the chain is broken; `link` stands at its end afterwards."""
    yield from _head_breaks(link)
    for row in hashed_rows("hash"):
        yield from _act_breaks(row, link)
        link.sequence, link.spelled, link.hash = row[0], row[1], row[-1]
        if link.sequence in link.expected:
            yield from _head_breaks(link)
    for sequence in sorted(link.expected):
        yield f"head {sequence}: the chain ends before it, at act {link.sequence}"
    head = AuditHead.objects.first()
    if head is None:
        yield "the row that says where the chain ends is missing"
    elif str(head) != str(link):
        yield f"the chain ends at {link}, but its head was at {head}"


def hashed_rows(*more: str) -> Iterator[tuple[Any, ...]]:
    """The values of HASHED, and `more` behind them, of every act; the time spelled as the hash has it."""
    acts = Act.objects.order_by("sequence").annotate(spelled=Spelled("at"))
    columns = ["spelled" if name == "at" else name for name in HASHED]
    yield from acts.values_list(*columns, *more).iterator(CHUNK)


def kept_heads(heads: Iterable[tuple[int, str]]) -> Mapping[int, set[str]]:
    kept: dict[int, set[str]] = {}
    for sequence, digest in heads:
        kept.setdefault(sequence, set()).add(digest)
    return kept


def _moment(spelled: str) -> datetime:
    """What somebody made unreadable is as old as can be; its hash does not fit either."""
    try:
        return datetime.fromisoformat(spelled)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC) + CLOCK


def _act_breaks(row: tuple[Any, ...], before: Link) -> Iterator[str]:
    sequence, spelled, *_others, previous_hash, digest = row
    if sequence != before.sequence + 1:
        missing = f"act {before.sequence + 1}"
        if sequence > before.sequence + 2:
            missing = f"acts {before.sequence + 1} to {sequence - 1}"
        yield f"{missing}: missing before act {sequence}"
    elif previous_hash != before.hash:
        yield f"act {sequence}: does not follow act {before.sequence} as that one stands"
    if digest != hashlib.sha256(hashed_content(row[:-1])).hexdigest():
        yield f"act {sequence}: its content was changed, the hash is that of another"
    if spelled < before.spelled and _moment(spelled) < _moment(before.spelled) - CLOCK:
        yield f"act {sequence}: its time is before that of act {before.sequence}"


def _head_breaks(link: Link) -> Iterator[str]:
    """Compare the kept heads of this place in the chain."""
    for kept in sorted(link.expected.pop(link.sequence, set()) - {link.hash}):
        # As much of both as it takes to see that they differ.
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(kept, link.hash, strict=False)))
        shown = max(16, same + 8)
        yield f"head {link.sequence}: {kept[:shown]}… was kept, the chain has {link.hash[:shown]}…"
