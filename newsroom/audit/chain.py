"""Verify the hash chain of Acts, against itself and against previously saved heads."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from newsroom.audit.log import GENESIS_HASH, HASHED, hashed_content
from newsroom.audit.past_acts import FactCheck, Notice, PastAct
from newsroom.models import Act, AuditHead

CHUNK = 2000  # acts held in memory at a time
# Tolerance: triggers accept an act's time this far off the database clock, which may be set back a little.
CLOCK = timedelta(seconds=5)


class IsoTimestamp(Func):
    """The ISO 8601 timestamp that the hash covers, formatted in SQL: in Python it would take a third of the check."""

    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        # Django stores "2026-11-24 19:30:00.123456" and omits a zero fraction.
        at = "%(expressions)s"
        fraction = f"substr(substr({at}, 21) || '000000', 1, 6)"
        template = f"substr({at}, 1, 10) || 'T' || substr({at}, 12, 8) || '.' || {fraction} || '+00:00'"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(slots=True)
class ChainPosition:
    """The last verified act: sequence, hash, timestamp."""

    sequence: int = 0
    hash: str = GENESIS_HASH
    timestamp: str = ""
    # Saved heads not reached yet: hashes by sequence.
    expected: dict[int, set[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


def chain_breaks(position: ChainPosition, checks: Sequence[FactCheck] = ()) -> Iterator[str]:
    """A line for each break of the chain; advances `position` to its end, and passes the acts on to `checks`."""
    yield from _head_breaks(position)
    by_verb = {verb: check for check in checks for verb in check.verbs}
    rows = hashed_rows("hash")
    while run := list(islice(rows, CHUNK)):
        for row in run:
            if not _follows(row, position):
                yield from _act_breaks(row, position)
            position.sequence, position.timestamp, position.hash = row[0], row[1], row[-1]
            if position.sequence in position.expected:
                yield from _head_breaks(position)
        told = _by_check(run, by_verb)
        for check in checks:
            if check in told:
                yield from check.read(told[check])
    for sequence in sorted(position.expected):
        yield f"head {sequence}: the chain ends before it, at act {position.sequence}"
    head = AuditHead.objects.first()
    if head is None:
        yield "the row that says where the chain ends is missing"
    elif str(head) != str(position):
        yield f"the chain ends at {position}, but its head was at {head}"


def _by_check(run: list[tuple[Any, ...]], by_verb: Mapping[str, FactCheck]) -> Mapping[FactCheck, list[PastAct]]:
    """The acts of a run whose verb a check compares, for each check."""
    told: dict[FactCheck, list[PastAct]] = {check: [] for check in by_verb.values()}
    for sequence, _at, actor_id, _name, verb, subject, payload, _previous, _hash in run:
        if (check := by_verb.get(verb)) is not None:
            told[check].append(PastAct(sequence, actor_id, verb, subject, payload))
    return {check: acts for check, acts in told.items() if acts}


def hashed_rows(*more: str) -> Iterator[tuple[Any, ...]]:
    """The HASHED columns of every act, then `more` columns; the time as the ISO timestamp that was hashed."""
    acts = Act.objects.order_by("sequence").annotate(timestamp=IsoTimestamp("at"))
    columns = ["timestamp" if name == "at" else name for name in HASHED]
    yield from acts.values_list(*columns, *more).iterator(CHUNK)


def kept_heads(heads: Iterable[tuple[int, str]]) -> Mapping[int, set[str]]:
    kept: dict[int, set[str]] = {}
    for sequence, digest in heads:
        kept.setdefault(sequence, set()).add(digest)
    return kept


def _moment(timestamp: str) -> datetime:
    """An unparsable timestamp counts as the oldest possible; the hash check reports it."""
    try:
        return datetime.fromisoformat(timestamp)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC) + CLOCK


def _follows(row: tuple[Any, ...], before: ChainPosition) -> bool:
    """Whether there is nothing to say about an act: a plain function for each, a generator only for what is odd."""
    sequence, timestamp, *_others, previous_hash, digest = row
    if sequence != before.sequence + 1 or previous_hash != before.hash or timestamp < before.timestamp:
        return False
    return bool(digest == hashlib.sha256(hashed_content(row[:-1])).hexdigest())


def _act_breaks(row: tuple[Any, ...], before: ChainPosition) -> Iterator[str]:
    sequence, timestamp, *_others, previous_hash, digest = row
    if sequence != before.sequence + 1:
        missing = f"act {before.sequence + 1}"
        if sequence > before.sequence + 2:
            missing = f"acts {before.sequence + 1} to {sequence - 1}"
        yield f"{missing}: missing before act {sequence}"
    elif previous_hash != before.hash:
        yield f"act {sequence}: does not follow act {before.sequence} as that one stands"
    if digest != hashlib.sha256(hashed_content(row[:-1])).hexdigest():
        yield f"act {sequence}: its content was changed, the hash is that of another"
    if timestamp < before.timestamp and (back := _moment(before.timestamp) - _moment(timestamp)) > CLOCK:
        yield Notice(f"act {sequence}: its time is {back} before that of act {before.sequence}; a clock was wrong then")


def _head_breaks(position: ChainPosition) -> Iterator[str]:
    """Compare saved heads with the chain at this sequence."""
    for kept in sorted(position.expected.pop(position.sequence, set()) - {position.hash}):
        # Show enough of both to see the difference.
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(kept, position.hash, strict=False)))
        shown = max(16, same + 8)
        yield f"head {position.sequence}: {kept[:shown]}… was kept, the chain has {position.hash[:shown]}…"
