"""Appends to the hash-chained record of who did what."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from typing import Any

from django.db import connection, transaction

from newsroom.audit.head import forget_head
from newsroom.models import Act, AuditHead, Editor, Revision
from newsroom.text.canonical import Wording

GENESIS_HASH = "0" * 64
# The verbs that the check of the record looks for; an act of theirs names the revision's number.
PUBLISH, WITHHOLD = "publish", "withhold"
HASHED = ("sequence", "at", "actor_id", "actor_name", "verb", "subject", "payload", "previous_hash")


class NotInTransaction(Exception):
    """An act was to be appended outside the transaction whose change it records."""


def append_act(verb: str, *, subject: str, by: Editor | None, payload: dict[str, Any]) -> Act:
    """Append one act, last in the caller's transaction: the head stays locked until that ends.

    The hash covers canonical JSON of every column before it, so that nobody can change, drop or swap an act without
    breaking the chain. Raises NotInTransaction outside one.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction
    # SQLite has no row locks; its transactions are IMMEDIATE, so that only one writer is here at a time.
    head = AuditHead.objects.select_for_update().get(pk=1)
    act = Act(
        sequence=head.sequence + 1,
        at=database_now(),
        actor_id=by.pk if by else None,
        actor_name=by.username if by else "",
        verb=verb,
        subject=subject,
        payload=canonical_json(payload),
        previous_hash=head.hash,
    )
    act.hash = act_hash(act)
    act.save(force_insert=True)
    head.sequence, head.hash = act.sequence, act.hash
    head.save(update_fields=["sequence", "hash"])
    transaction.on_commit(forget_head)  # who publishes sees it at once; other processes within a second
    return act


def act_hash(act: Act) -> str:
    """SHA-256, in hex, over the canonical JSON of an act's columns and the hash of the act before it."""
    values = {name: getattr(act, name) for name in HASHED}
    values["at"] = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(hashed_content(list(values.values()))).hexdigest()


def hashed_content(values: Sequence[Any]) -> bytes:
    """What an act's hash covers, from the values of HASHED, the time spelled out: the canonical JSON of these columns.

    Written out, because a check of the whole chain makes it for every act and takes half the time so.
    """
    sequence, at, actor_id, actor_name, verb, subject, payload, previous_hash = values
    return (
        f'{{"actor_id":{"null" if actor_id is None else actor_id},"actor_name":{quoted(actor_name)},'
        f'"at":{quoted(at)},"payload":{quoted(payload)},'
        f'"previous_hash":{quoted(previous_hash)},"sequence":{sequence},'
        f'"subject":{quoted(subject)},"verb":{quoted(verb)}}}'
    ).encode()


def canonical_json(value: dict[str, Any]) -> str:
    """One spelling for one value: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def wording_digest(wording: Wording) -> str:
    """SHA-256, in hex, over the canonical JSON of the four parts."""
    return hashlib.sha256(canonical_json(wording.as_dict()).encode()).hexdigest()


def number_of(revision: Revision | None) -> int | None:
    return revision.number if revision else None


def database_now() -> datetime:
    """The database's clock, which the guards of the record compare with; web servers' clocks may differ."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
            return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)
