"""What somebody with the database's password might do to the record, behind Django's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from newsroom.audit.log import GENESIS_HASH, act_hash
from newsroom.models import Act

COLUMNS = "at, actor_id, actor_name, verb, subject, payload, previous_hash, hash"
GUARDED = ("newsroom_act", "newsroom_revision", "newsroom_revisiontext")


def run(statement: str, *values: int | str | datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def hash_of(sequence: int) -> str:
    return Act.objects.get(sequence=sequence).hash


def check_now() -> None:
    """PostgreSQL changes no table whose foreign keys still wait to be checked at the transaction's end."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")


def drop_guards() -> None:
    """The first thing: as long as the triggers stand, the database refuses all of this."""
    check_now()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal")
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


@contextmanager
def guards_dropped() -> Iterator[None]:
    """The careful attacker puts them back as they were, so that only what was done meanwhile tells."""
    check_now()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        made = [statement for (statement,) in cursor.fetchall()]
        drop_guards()
        yield
        check_now()
        for statement in made:
            cursor.execute(statement)


def edit() -> None:
    run("UPDATE newsroom_act SET payload = replace(payload, 'second', 'third') WHERE sequence = 2")


def delete() -> None:
    run("DELETE FROM newsroom_act WHERE sequence = 4")


def insert() -> None:
    """An act between the fourth and the fifth, as well made as one act alone can be."""
    _shift(5, by=1)
    fourth = Act.objects.get(sequence=4)
    forged = Act(sequence=5, at=fourth.at, actor_name="", verb="decline_case", subject="article:a", payload="{}")
    forged.previous_hash = fourth.hash
    forged.hash = act_hash(forged)
    forged.save(force_insert=True)


def reorder() -> None:
    """The third act goes behind the fifth."""
    _shift(3, by=100)
    for old, new in ((104, 3), (105, 4), (103, 5)):
        run("UPDATE newsroom_act SET sequence = %s WHERE sequence = %s", new, old)
    run("UPDATE newsroom_act SET sequence = sequence - 100 WHERE sequence > 100")


def truncate() -> None:
    run("DELETE FROM newsroom_act WHERE sequence > 4")


def backdate() -> None:
    """With a hash that fits, so that only the order of times tells, and what comes after."""
    act = Act.objects.get(sequence=4)
    act.at = act.at.replace(year=act.at.year - 1)
    run("UPDATE newsroom_act SET at = %s, hash = %s WHERE sequence = 4", act.at, act_hash(act))


def swap() -> None:
    """The contents of the second and the sixth act change places."""
    for old, new in ((2, 100), (6, 2), (100, 6)):
        run("UPDATE newsroom_act SET sequence = %s WHERE sequence = %s", new, old)


def replace() -> None:
    """REPLACE deletes without firing a trigger for DELETE; the new act's own hash fits."""
    act = Act.objects.get(sequence=4)
    act.actor_name = "somebody else"
    values = (4, act.at, act.actor_id, act.actor_name, act.verb, act.subject, act.payload)
    run(replacing(), *values, act.previous_hash, act_hash(act))


def replacing() -> str:
    marks = ", ".join(["%s"] * 9)
    if connection.vendor == "sqlite":
        return f"INSERT OR REPLACE INTO newsroom_act (sequence, {COLUMNS}) VALUES ({marks})"
    return (
        f"INSERT INTO newsroom_act (sequence, {COLUMNS}) VALUES ({marks}) "
        "ON CONFLICT (sequence) DO UPDATE SET actor_name = excluded.actor_name, hash = excluded.hash"
    )


def reword() -> None:
    """Other words under a revision's number."""
    run("UPDATE newsroom_revisiontext SET body = replace(body, '14', '15') WHERE body LIKE %s", "%14 lorries%")


def make_consistent() -> None:
    """The careful attacker: every hash computed anew, and the row that says where the chain ends."""
    before = GENESIS_HASH
    for act in Act.objects.order_by("sequence"):
        act.previous_hash = before
        before = act_hash(act)
        run(
            "UPDATE newsroom_act SET previous_hash = %s, hash = %s WHERE sequence = %s",
            act.previous_hash,
            before,
            act.sequence,
        )
    last = Act.objects.order_by("sequence").last()
    run("UPDATE newsroom_audithead SET sequence = %s, hash = %s", last.sequence if last else 0, before)


def _shift(first: int, *, by: int) -> None:
    # In two steps: one by one the rows would meet the number of the next.
    run("UPDATE newsroom_act SET sequence = sequence + 1000 WHERE sequence >= %s", first)
    run("UPDATE newsroom_act SET sequence = sequence - %s WHERE sequence >= 1000", 1000 - by)
