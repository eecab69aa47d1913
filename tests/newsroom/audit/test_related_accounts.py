"""Accounts in one hand, told from the acts alone: by whom an approval is no second look."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from newsroom.audit.account_acts import CHANGE, append_account_act
from newsroom.audit.log import PUBLISH, WITHHOLD, append_act
from newsroom.audit.related_accounts import WINDOW, joining_acts
from newsroom.models import Editor
from tests.support.factories import make_editor
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
# Who did what to whom: maker, verb, account. C approves what P proposed.
JOINED = {
    "made": [("C", "add_editor", "P")],
    "made by the proposer": [("P", "add_editor", "C")],
    "second factor taken away": [("C", "remove_second_factor", "P")],
    "changed": [("C", "change_editor", "P")],
    "through a puppet": [("C", "add_editor", "X"), ("X", "change_editor", "P")],
    "through two puppets": [("C", "add_editor", "X"), ("X", "add_editor", "Y"), ("Y", "remove_second_factor", "P")],
    "two puppets of one": [("X", "add_editor", "C"), ("X", "change_editor", "P")],
    "puppets of puppets": [("X", "add_editor", "Y"), ("Y", "add_editor", "C"), ("X", "add_editor", "P")],
}
APART = {
    "nothing": [],
    "a bystander made both others": [("X", "add_editor", "Y"), ("C", "add_editor", "Y")],
    "each changed by another": [("X", "change_editor", "C"), ("Y", "change_editor", "P")],
    "made by the operator": [("", "add_editor", "C"), ("", "add_editor", "P")],
    "their own": [("C", "change_editor", "C"), ("P", "set_password", "P"), ("P", "set_second_factor", "P")],
    "locked and a link sent": [("C", "lock_editor", "P"), ("C", "make_password_link", "P")],
    "both made the same third": [("C", "add_editor", "X"), ("P", "change_editor", "X")],
}
ALL = JOINED | APART
Steps = Sequence[tuple[str, str, str]]


@pytest.fixture
def people() -> dict[str, Editor]:
    return {name: make_editor(username=name) for name in "CPXY"}


def act(people: dict[str, Editor], steps: Steps, **payload: object) -> None:
    with transaction.atomic():
        for by, verb, account in steps:
            changed = {"changed": ["groups"]} if verb == CHANGE else {}
            append_account_act(verb, people[account], by=people.get(by), **{**changed, **payload})


@pytest.mark.parametrize(
    ("steps", "are"), [*((s, True) for s in JOINED.values()), *((s, False) for s in APART.values())]
)
def test_whoever_made_or_changed_an_account_is_one_hand_with_it(
    people: dict[str, Editor], steps: Steps, are: bool
) -> None:
    act(people, steps)
    for one, other in ("CP", "PC"):
        found = joining_acts(people[one].pk, people[other].pk)
        assert bool(found) is are
        assert len(found) <= len(steps)


def test_after_thirty_days_they_are_colleagues(people: dict[str, Editor]) -> None:
    act(people, JOINED["through a puppet"])
    chief, puppet = people["C"].pk, people["P"].pk
    assert joining_acts(chief, puppet, at=timezone.now() + WINDOW - timedelta(minutes=1))
    assert not joining_acts(chief, puppet, at=timezone.now() + WINDOW + timedelta(minutes=1))


def test_a_new_name_hands_no_account_over(people: dict[str, Editor]) -> None:
    act(people, [("C", CHANGE, "P")], changed=["username"])
    assert not joining_acts(people["C"].pk, people["P"].pk)
    act(people, [("C", CHANGE, "P")], changed=["username", "email"])
    assert joining_acts(people["C"].pk, people["P"].pk)


# verify_audit ---------------------------------------------------------------------------------------------------------
@pytest.mark.both_databases
@pytest.mark.parametrize("verb", [PUBLISH, WITHHOLD])
@pytest.mark.parametrize("name", [*JOINED, *APART])
def test_verify_audit_finds_an_approval_in_one_hand_from_the_acts_alone(
    people: dict[str, Editor], verb: str, name: str
) -> None:
    chief, proposer = people["C"], people["P"]
    by, payload = (proposer, {"approved_by_id": chief.pk}) if verb == PUBLISH else (chief, {"asked_by_id": proposer.pk})

    def approve() -> int:
        with transaction.atomic():
            return append_act(verb, subject="article:bridges", by=by, payload={"revision": 1, **payload}).sequence

    approve()  # before there was anything between them
    act(people, ALL[name])
    sequence = approve()

    told = [line for line in breaks() if "in one hand" in line]
    joined = ", ".join(str(number) for number in range(2, sequence))
    line = f"act {sequence}: approved by two accounts in one hand within 30 days; see acts {joined}"
    assert told == ([line] if name in JOINED else [])


def test_an_approval_by_somebody_else_and_an_older_act_are_left_alone(people: dict[str, Editor]) -> None:
    act(people, JOINED["made"])
    with transaction.atomic():
        unrelated = {"revision": 1, "approved_by_id": people["X"].pk}
        append_act(PUBLISH, subject="article:bridges", by=people["P"], payload=unrelated)
        alone = {"revision": 2, "approved_by_id": None, "note": '"approved_by_id":' + str(people["C"].pk)}
        append_act(PUBLISH, subject="article:bridges", by=people["P"], payload=alone)
    assert [line for line in breaks() if "in one hand" in line] == []
