"""Heads that were kept are found in the chain, or the chain is broken."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from newsroom.audit import log
from newsroom.audit.log import database_now
from newsroom.models import Act, Article, AuditHead
from tests.support import tampering as attackers
from tests.support.databases import Database
from tests.support.record_check import breaks, notices, verify

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


ATTACKS: list[tuple[Callable[[], None], list[str]]] = [
    (
        attackers.edit,
        [
            "act 2: its content was changed, the hash is that of another",
        ],
    ),
    (attackers.delete, ["act 4: missing before act 5"]),
    (
        attackers.insert,
        [
            "act 6: does not follow act 5 as that one stands",
            "act 6: its content was changed, the hash is that of another",
        ],
    ),
    (
        attackers.reorder,
        [
            "act 3: does not follow act 2 as that one stands",
            "act 5: does not follow act 4 as that one stands",
            "act 6: does not follow act 5 as that one stands",
        ],
    ),
    (attackers.truncate, ["the chain ends at 4:", "revision bridges 3: no act published it"]),
    (
        attackers.backdate,
        ["act 5: does not follow act 4 as that one stands"],
    ),
    (
        attackers.swap,
        [
            "act 2: does not follow act 1 as that one stands",
            "act 3: does not follow act 2 as that one stands",
            "act 6: does not follow act 5 as that one stands",
            "act 7: does not follow act 6 as that one stands",
        ],
    ),
    (attackers.replace, ["act 5: does not follow act 4 as that one stands"]),
    (attackers.reword, ["revision bridges 2: its words were changed, the digest is that of others"]),
]


@pytest.mark.parametrize(("attack", "expected"), ATTACKS, ids=[attack.__name__ for attack, _lines in ATTACKS])
def test_tampering_is_caught_and_named(record: Article, attack: Callable[[], None], expected: list[str]) -> None:
    attackers.drop_guards()
    attack()

    found = breaks()
    for line in expected:
        assert any(each.startswith(line) for each in found), found


CHAIN = [attack for attack, _lines in ATTACKS if attack is not attackers.reword]


@pytest.mark.parametrize("attack", CHAIN, ids=[attack.__name__ for attack in CHAIN])
def test_whoever_makes_every_hash_anew_is_caught_by_a_head_that_was_kept(
    record: Article, attack: Callable[[], None]
) -> None:
    kept = str(AuditHead.objects.get())
    attackers.drop_guards()
    attack()
    attackers.make_consistent()

    assert len([line for line in breaks(kept) if line.startswith("head 7: ")]) == 1


def test_what_is_newer_than_every_kept_head_is_not_found(record: Article) -> None:
    kept = f"6:{attackers.hash_of(6)}"
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_revision SET note = 'Bent.' WHERE number = 3")
        attackers.run(
            "UPDATE newsroom_act SET payload = replace(payload, 'Four are closed.', 'Bent.') WHERE sequence = 7"
        )
        attackers.make_consistent()

    assert breaks(kept) == []


def test_a_head_of_any_age_is_found_in_the_chain(record: Article) -> None:
    kept = [f"{act.sequence}:{act.hash}" for act in Act.objects.order_by("sequence")]

    assert breaks(*kept, "0:" + "0" * 64) == []
    assert breaks(f"3:{'a' * 64}", kept[5]) == [f"head 3: {'a' * 16}… was kept, the chain has {kept[2][2:18]}…"]
    last = kept[2][:-1] + ("0" if kept[2][-1] != "0" else "1")
    assert breaks(last) == [f"head 3: {last[2:]}… was kept, the chain has {kept[2][2:]}…"]
    assert breaks(f"9:{'a' * 64}") == ["head 9: the chain ends before it, at act 7"]


def test_a_hash_that_was_cut_off_is_told_beside_the_whole_one(record: Article) -> None:
    kept = Act.objects.get(sequence=3).hash
    attackers.drop_guards()
    attackers.run("UPDATE newsroom_act SET hash = substr(hash, 1, 20) WHERE sequence = 3")

    assert f"head 3: {kept[:28]}… was kept, the chain has {kept[:20]}…" in breaks(f"3:{kept}")


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (timedelta(seconds=5), []),
        (timedelta(seconds=6), ["act 2: its time is 0:00:06 before that of act 1; a clock was wrong then"]),
        (timedelta(days=1), ["act 2: its time is 1 day, 0:00:00 before that of act 1; a clock was wrong then"]),
    ],
)
def test_a_time_that_runs_backwards_is_a_notice_and_no_break(
    committed_db: Database, back: timedelta, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = database_now()
    clock = iter([first, first - back])
    with attackers.guards_dropped():
        monkeypatch.setattr(log, "database_now", lambda: next(clock))
        for _turn in range(2):
            with transaction.atomic():
                log.append_act("note", subject="clock", by=None, payload={})

    assert (breaks(), notices()) == ([], told)
    assert verify().splitlines() == [
        *(f"notice: {line}" for line in told),
        "the record is whole: 2 acts, 0 revisions",
        f"head {AuditHead.objects.get()}",
    ]
