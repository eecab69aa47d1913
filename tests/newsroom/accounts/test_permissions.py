"""An editor may what they and their groups may, asked in one query."""

import pytest
from django.contrib.auth.models import Permission
from pytest_django import DjangoAssertNumQueries

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF
from newsroom.models import Editor
from tests.support.factories import make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def again(editor: Editor) -> Editor:
    return Editor.objects.get(pk=editor.pk)


def test_permissions_are_ones_own_and_those_of_ones_groups(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    editor, bystander = make_editor(group=COPY_EDITOR), make_editor(group=DESK_CHIEF)
    own = Permission.objects.get(codename="withhold_revision")
    editor.user_permissions.add(own)
    of_group = {f"{each.content_type.app_label}.{each.codename}" for each in editor.groups.get().permissions.all()}
    asked = again(editor)
    with django_assert_num_queries(1):
        assert asked.get_all_permissions() == of_group | {"newsroom.withhold_revision"}
        assert asked.has_perm("newsroom.withhold_revision")
        assert not asked.has_perm("newsroom.change_editor")
    assert again(bystander).get_all_permissions() != asked.get_all_permissions()


def test_a_superuser_may_everything_and_a_suspended_editor_nothing() -> None:
    chief = make_editor(group=DESK_CHIEF)
    Editor.objects.filter(pk=chief.pk).update(is_superuser=True)
    assert len(again(chief).get_all_permissions()) == Permission.objects.count()
    Editor.objects.filter(pk=chief.pk).update(is_active=False)
    assert again(chief).get_all_permissions() == set()
    assert not again(chief).has_perm("newsroom.publish_revision")
