"""Acts about accounts: what they tell of a change, and what they never hold."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.audit.account_acts import (
    AddressAsName,
    account_state,
    append_account_added,
    append_account_changes,
    refuse_address_as_name,
)
from newsroom.models import Act, Editor
from tests.support.factories import make_editor
from tests.support.row_locks import locks_taken

pytestmark = pytest.mark.django_db
CHANGES = {
    "username": ("change_editor", ["username"]),
    "email": ("change_editor", ["email"]),
    "is_staff": ("change_editor", ["is_staff"]),
    "is_superuser": ("change_editor", ["is_superuser"]),
    "is_active": ("lock_editor", None),
    "groups": ("change_editor", ["groups"]),
    "user_permissions": ("change_editor", ["permissions"]),
}


def change(editor: Editor, column: str) -> None:
    if column == "groups":
        editor.groups.set([Group.objects.get(name=STANDARDS_EDITOR)])
    elif column == "user_permissions":
        editor.user_permissions.add(Permission.objects.get(codename="delete_editor"))
    else:
        now = getattr(editor, column)
        setattr(editor, column, not now if isinstance(now, bool) else "other@desk.example")
        editor.save()


@pytest.mark.parametrize("column", CHANGES)
def test_each_column_that_opens_or_shuts_a_door_is_told(column: str) -> None:
    editor, by = make_editor(), make_editor()
    with transaction.atomic():
        before = account_state(editor)
        change(editor, column)
        append_account_changes(editor, before=before, by=by)

    act, (verb, changed) = Act.objects.get(), CHANGES[column]
    assert (act.verb, act.subject, act.actor_id) == (verb, f"editor:{editor.pk}", by.pk)
    assert json.loads(act.payload).get("changed") == changed
    assert "desk.example" not in act.payload


def test_the_account_is_locked_while_its_change_is_told() -> None:
    editor = make_editor()
    with transaction.atomic():
        assert locks_taken(lambda: account_state(editor)) == ["editor"]


def test_nothing_changed_is_no_act() -> None:
    editor = make_editor()
    with transaction.atomic():
        append_account_changes(editor, before=account_state(editor), by=None)
    assert not Act.objects.exists()


def test_a_new_account_is_told_with_its_groups() -> None:
    editor = make_editor(group=STANDARDS_EDITOR)
    with transaction.atomic():
        append_account_added(editor, by=None)
    assert json.loads(Act.objects.get().payload)["groups"] == [STANDARDS_EDITOR]


def test_a_name_that_is_an_address_would_stay_in_the_record() -> None:
    refuse_address_as_name("ida.wrenfold")
    with pytest.raises(AddressAsName):
        refuse_address_as_name("ida@desk.example")
