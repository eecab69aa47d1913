"""Checks the chain of Acts against itself, and against heads that others kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from newsroom.audit import GENESIS_HASH, HASHED, hashed_content
from newsroom.models import Act, AuditHead

CHUNK = 2000  # acts held in memory at a time
# The guards let an act's time be this far off the database's clock, which may itself be set back a little.
CLOCK = timedelta(seconds=5)


@dataclass(slots=True)
class Link:
    """Where the check stands in the chain."""

    sequence: int = 0
    hash: str = GENESIS_HASH
    at: datetime | None = None
    # Kept heads that the chain has not come to yet: the hash for each sequence.
    expected: dict[int, set[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


def chain_breaks(link: Link) -> Iterator[str]:
    """A line for each place where the chain is broken; `link` stands at its end afterwards."""
    yield from _head_breaks(link)
    for row in Act.objects.order_by("sequence").values_list(*HASHED, "hash").iterator(CHUNK):
        yield from _act_breaks(row, link)
        link.sequence, link.at, link.hash = row[0], row[1], row[-1]
        if link.sequence in link.expected:
            yield from _head_breaks(link)
    for sequence in sorted(link.expected):
        yield f"head {sequence}: the chain ends before it, at act {link.sequence}"
    head = AuditHead.objects.first()
    if head is None:
        yield "the row that says where the chain ends is missing"
    elif str(head) != str(link):
        yield f"the chain ends at {link}, but its head was at {head}"


def kept_heads(heads: Iterable[tuple[int, str]]) -> Mapping[int, set[str]]:
    kept: dict[int, set[str]] = {}
    for sequence, digest in heads:
        kept.setdefault(sequence, set()).add(digest)
    return kept


def _act_breaks(row: tuple[Any, ...], before: Link) -> Iterator[str]:
    sequence, at, *_others, previous_hash, digest = row
    if sequence != before.sequence + 1:
        missing = f"act {before.sequence + 1}"
        if sequence > before.sequence + 2:
            missing = f"acts {before.sequence + 1} to {sequence - 1}"
        yield f"{missing}: missing before act {sequence}"
    elif previous_hash != before.hash:
        yield f"act {sequence}: does not follow act {before.sequence} as that one stands"
    if digest != hashlib.sha256(hashed_content(row[:-1])).hexdigest():
        yield f"act {sequence}: its content was changed, the hash is that of another"
    if before.at and at < before.at - CLOCK:
        yield f"act {sequence}: its time is before that of act {before.sequence}"


def _head_breaks(link: Link) -> Iterator[str]:
    """Compare the kept heads of this place in the chain."""
    for kept in sorted(link.expected.pop(link.sequence, set()) - {link.hash}):
        yield f"head {link.sequence}: {kept[:16]}… was kept, the chain has {link.hash[:16]}…"
