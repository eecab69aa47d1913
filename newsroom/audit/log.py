"""Append Acts to the hash-chained audit log."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from typing import Any

from django.db import connection, transaction

from newsroom.audit.head import forget_head
from newsroom.models import Act, AuditHead, Editor, Kind, Revision
from newsroom.text.canonical import Wording

GENESIS_HASH = "0" * 64
# Verbs whose acts verification compares with revisions, withholdings and proposals.
PUBLISH = "publish"
ASK_WITHHOLDING, WITHHOLD, RETURN_WITHHOLDING = "ask-withholding", "withhold", "return-withholding"
PROPOSE, RETURN, EXPIRE = "propose", "return", "expire"
# A proposal, or what became a revision, moved from its base to a later revision; a second editor's other words for a
# proposal, and its proposer's consent to them.
MOVE, MOVE_REVISION, AMEND, CONSENT = "move", "move_revision", "amend", "consent"
HAND_OVER = "hand_over"  # a revision that another system is to publish
HASHED = ("sequence", "at", "actor_id", "actor_name", "verb", "subject", "payload", "previous_hash")


class NotInTransaction(Exception):
    """append_act() was called outside the transaction whose change it records."""


def append_act(verb: str, *, subject: str, by: Editor | None, payload: dict[str, Any]) -> Act:
    """Append one act. Call last in the transaction: the head stays locked until its end.

    The hash covers all columns and the previous hash, so changing, dropping or swapping an act breaks the chain.
    Raises NotInTransaction outside one.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction
    head = lock_head()
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
    transaction.on_commit(forget_head)  # this process sees it at once, others within a second
    return act


def lock_head() -> AuditHead:
    """Until the end of the transaction no act is appended but its own."""
    # SQLite has no row locks, but its transactions are IMMEDIATE: one writer at a time.
    return AuditHead.objects.select_for_update().get(pk=1)


def act_hash(act: Act) -> str:
    """SHA-256, in hex, of the canonical JSON of an act's columns, including the previous hash."""
    values = {name: getattr(act, name) for name in HASHED}
    values["at"] = act.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(hashed_content(list(values.values()))).hexdigest()


def hashed_content(values: Sequence[Any]) -> bytes:
    """The hashed bytes: canonical JSON of the HASHED columns, the time as an ISO timestamp.

    Built by hand, which halves the time to verify the whole chain.
    """
    sequence, at, actor_id, actor_name, verb, subject, payload, previous_hash = values
    return (
        f'{{"actor_id":{"null" if actor_id is None else actor_id},"actor_name":{quoted(actor_name)},'
        f'"at":{quoted(at)},"payload":{quoted(payload)},'
        f'"previous_hash":{quoted(previous_hash)},"sequence":{sequence},'
        f'"subject":{quoted(subject)},"verb":{quoted(verb)}}}'
    ).encode()


def canonical_json(value: dict[str, Any]) -> str:
    """Deterministic JSON: sorted keys, no spaces, no ASCII escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def wording_digest(wording: Wording) -> str:
    """SHA-256, in hex, of the canonical JSON of the four fields."""
    return hashlib.sha256(canonical_json(wording.as_dict()).encode()).hexdigest()


def proposal_digest(*, base: Revision | None, kind: Kind, note: str, wording: Wording) -> str:
    """SHA-256, in hex, of all that a second editor approves: text, base revision, kind and note."""
    sealed = {"text": wording_digest(wording), "base": number_of(base), "kind": kind.value, "note": note}
    return hashlib.sha256(canonical_json(sealed).encode()).hexdigest()


def number_of(revision: Revision | None) -> int | None:
    return revision.number if revision else None


def database_now() -> datetime:
    """The database's clock, which the triggers compare with; web servers' clocks may differ."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
            return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)
