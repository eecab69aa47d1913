"""Accounts are compared with the last acts about each."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF
from newsroom.audit.account_acts import account_state, append_account_added, append_account_changes
from newsroom.models import AppFactor, Editor
from tests.support import tampering as attackers
from tests.support.desk_login import with_second_factor
from tests.support.factories import make_editor
from tests.support.record_check import breaks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def editor(quick_passwords: None) -> Editor:
    """Added as an auditor of nothing, made a copy editor, with a second factor: three acts."""
    editor = make_editor(group=COPY_EDITOR, username="ada")
    editor.groups.clear()
    with transaction.atomic():
        append_account_added(editor, by=None)
        before = account_state(editor)
        editor.groups.add(Group.objects.get(name=COPY_EDITOR))
        append_account_changes(editor, before=before, by=None)
    with_second_factor(editor)
    assert breaks() == []
    return editor


@pytest.mark.parametrize("column", ["is_superuser", "is_staff"])
def test_a_flag_that_was_set_by_hand_is_named(editor: Editor, column: str) -> None:
    attackers.run(f"UPDATE newsroom_editor SET {column} = NOT {column} WHERE username = 'ada'")
    assert breaks() == [f"editor:{editor.pk}: its {column} differ from what act 2 says"]


def test_a_group_that_was_given_by_hand_is_named(editor: Editor) -> None:
    editor.groups.add(Group.objects.get(name=DESK_CHIEF))
    assert breaks() == [f"editor:{editor.pk}: its groups differ from what act 2 says"]


def test_an_account_that_was_opened_again_by_hand_is_named(editor: Editor) -> None:
    with transaction.atomic():
        before = account_state(editor)
        editor.is_active = False
        editor.save()
        append_account_changes(editor, before=before, by=None)
    assert breaks() == []
    attackers.run("UPDATE newsroom_editor SET is_active = NOT is_active WHERE username = 'ada'")
    assert breaks() == [f"editor:{editor.pk}: is open, and act 4 says otherwise"]


def test_a_second_factor_that_was_taken_off_or_put_on_by_hand_is_named(editor: Editor) -> None:
    AppFactor.objects.all().delete()
    other = make_editor()
    AppFactor.objects.create(user=other)
    assert breaks() == [
        f"editor:{editor.pk}: has no second factor, and act 3 says otherwise",
        f"editor:{other.pk}: has a second factor, and no act set it",
    ]
