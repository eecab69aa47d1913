"""The record is a chain: each act follows the one before it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from newsroom.audit.chain import hashed_rows
from newsroom.audit.log import (
    GENESIS_HASH,
    HASHED,
    NotInTransaction,
    act_hash,
    append_act,
    canonical_json,
    database_now,
    hashed_content,
)
from newsroom.models import Act, AuditHead
from tests.support.databases import Database
from tests.support.factories import make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_each_act_names_the_hash_of_the_one_before() -> None:
    by = make_editor()
    first = append_act("publish", subject="article:a", by=by, payload={"note": "Тест “quoted”"})
    second = append_act("decline_case", subject="article:a", by=None, payload={})

    assert (first.sequence, first.previous_hash) == (1, GENESIS_HASH)
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert [act_hash(act) for act in Act.objects.order_by("sequence")] == [first.hash, second.hash]
    assert str(AuditHead.objects.get()) == f"2:{second.hash}"


def test_the_hash_covers_the_canonical_json_of_every_column() -> None:
    act = append_act("decline", subject='article:ї-"quoted"', by=None, payload={"reason": "tab\t, “so”, \u2028, 😀"})
    columns = {name: getattr(act, name) for name in HASHED}
    columns["at"] = act.at.isoformat(timespec="microseconds")

    assert hashed_content([columns[name] for name in HASHED]) == canonical_json(columns).encode()
    assert [hashed_content(row) for row in hashed_rows()] == [canonical_json(columns).encode()]
    assert {*HASHED, "hash"} == {field.name for field in Act._meta.get_fields()}


def test_an_act_outside_a_transaction_is_refused(committed_db: Database) -> None:
    with pytest.raises(NotInTransaction):
        append_act("publish", subject="article:a", by=None, payload={})


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 3},
        {"previous_hash": "f" * 64},
        {"at": timedelta(seconds=-6)},
        {"at": timedelta(seconds=6)},
    ],
    ids=["a gap", "another past", "backdated", "in the future"],
)
def test_the_database_refuses_an_act_out_of_place(change: dict[str, object]) -> None:
    first = append_act("publish", subject="article:a", by=None, payload={})
    columns = {"sequence": 2, "previous_hash": first.hash, "at": database_now(), **change}
    if isinstance(columns["at"], timedelta):
        columns["at"] = database_now() + columns["at"]

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Act.objects.create(verb="publish", subject="article:a", payload="{}", hash="e" * 64, **columns)
