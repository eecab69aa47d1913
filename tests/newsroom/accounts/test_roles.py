"""The four groups and what each may do in the newsroom."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, PERMISSIONS, STANDARDS_EDITOR, grant
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("permission", "groups"),
    [
        ("newsroom.view_draft", {COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF, AUDITOR}),
        ("newsroom.publish_revision", {COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF}),
        ("newsroom.approve_revision", {STANDARDS_EDITOR, DESK_CHIEF}),
        ("newsroom.withhold_revision", {STANDARDS_EDITOR, DESK_CHIEF}),
        ("newsroom.view_act", {STANDARDS_EDITOR, DESK_CHIEF, AUDITOR}),
        ("newsroom.view_editor", {DESK_CHIEF, AUDITOR}),
        ("newsroom.change_editor", {DESK_CHIEF}),
        ("newsroom.delete_article", set()),
    ],
)
def test_each_permission_belongs_to_its_groups(permission: str, groups: set[str]) -> None:
    assert {group for group in PERMISSIONS if make_editor(group=group).has_perm(permission)} == groups


def test_granting_adds_a_group_and_takes_nothing_away() -> None:
    delete = Permission.objects.get(codename="delete_draft")
    Group.objects.get(name=AUDITOR).permissions.add(delete)
    before = Group.objects.get(name=COPY_EDITOR).permissions.count()

    grant(apps, {AUDITOR: ["newsroom.view_act"], "Interns": ["newsroom.view_article"]})

    assert make_editor(group=AUDITOR).has_perm("newsroom.delete_draft")
    assert [each.codename for each in Group.objects.get(name="Interns").permissions.all()] == ["view_article"]
    assert Group.objects.get(name=COPY_EDITOR).permissions.count() == before


def test_a_permission_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"newsroom\.fly"):
        grant(apps, {AUDITOR: ["newsroom.fly"]})
