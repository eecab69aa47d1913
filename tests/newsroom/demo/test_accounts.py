"""The accounts that the demo prints."""

import json
import stat
from pathlib import Path

import pytest

from newsroom.audit.related_accounts import joining_acts
from newsroom.demo.accounts import FILE_NAME, make_accounts
from newsroom.models import Act, Editor

pytestmark = pytest.mark.django_db


def test_they_are_made_once_and_each_is_an_act_of_no_editor(tmp_path: Path) -> None:
    made = make_accounts(tmp_path)

    assert all(
        password and Editor.objects.get(username=each.username).check_password(password)
        for each, password in made.items()
    )
    acts = Act.objects.order_by("sequence")
    assert [(act.verb, act.actor_id, json.loads(act.payload)["groups"]) for act in acts] == [
        ("add_editor", None, [account.group]) for account in made
    ]
    assert not [act for act in acts if "@" in act.payload]
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600

    assert make_accounts(tmp_path) == made
    assert Act.objects.count() == len(made)


def test_they_approve_each_others_work_from_the_first_minute(tmp_path: Path) -> None:
    make_accounts(tmp_path)
    accounts = list(Editor.objects.values_list("pk", flat=True))
    pairs = [(one, other) for one in accounts for other in accounts if one != other]
    assert not any(joining_acts(*pair) for pair in pairs)
