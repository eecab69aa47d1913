"""Presence: which editors have a subject open, known from their pages' heartbeats and in no history.

Presence never keeps anyone from working: where Redis does not answer, nobody is present.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import redis

from newsroom.models import Editor
from newsroom.operations.environment import BROKER_PREFIX
from newsroom.operations.heartbeat import broker_client

SECONDS = 120  # without a heartbeat an editor is gone; pages beat every fifteen seconds, and say when they are left


@dataclass(frozen=True, slots=True)
class Subject:
    """What is open, as `draft` and an article's key."""

    kind: str
    key: int

    @property
    def name(self) -> str:
        return f"{BROKER_PREFIX}present:{self.kind}:{self.key}"


def mark_present(subject: Subject, editor: Editor) -> None:
    """A heartbeat of the editor's page; times are those of Redis, so that clocks of several hosts may differ."""
    try:
        client = broker_client()
        now, _microseconds = client.time()
        with client.pipeline() as pipe:
            pipe.zadd(subject.name, {str(editor.pk): now})
            pipe.expire(subject.name, SECONDS)
            pipe.execute()
    except redis.RedisError:
        return


def mark_absent(subject: Subject, editor: Editor) -> None:
    """The page was left."""
    try:
        broker_client().zrem(subject.name, str(editor.pk))
    except redis.RedisError:
        return


def ask_once(subject: Subject, editor: Editor) -> bool:
    """Whether to ask now if the editor goes on beside others: not again within SECONDS."""
    try:
        return bool(broker_client().set(f"{subject.name}:asked:{editor.pk}", 1, nx=True, ex=SECONDS))
    except redis.RedisError:
        return False


def taken_by_others(subjects: Iterable[Subject], editor: Editor) -> set[Subject]:
    """Those that others have open, in one round trip."""
    subjects = list(subjects)
    try:
        client = broker_client()
        now, _microseconds = client.time()
        with client.pipeline(transaction=False) as pipe:
            for subject in subjects:
                pipe.zrangebyscore(subject.name, now - SECONDS, "+inf")
            found = pipe.execute()
    except redis.RedisError:
        return set()
    mine = str(editor.pk).encode()
    return {subject for subject, members in zip(subjects, found, strict=True) if set(members) - {mine}}


def others_present(subject: Subject, editor: Editor) -> list[Editor]:
    """Who else has it open, who came last first."""
    try:
        client = broker_client()
        now, _microseconds = client.time()
        members = client.zrangebyscore(subject.name, now - SECONDS, "+inf")
    except redis.RedisError:
        return []
    keys = [key for member in members if isinstance(member, bytes) and (key := int(member)) != editor.pk]
    found = Editor.objects.in_bulk(keys)
    return [found[key] for key in reversed(keys) if key in found]
