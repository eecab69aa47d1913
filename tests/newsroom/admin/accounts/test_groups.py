"""Groups in the admin: seen and not changed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.utils.translation import override

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.admin.accounts.groups import permission_label
from tests.support.editor_page import Writer

pytestmark = pytest.mark.django_db
GROUPS = "/admin/auth/group/"


def test_a_chief_sees_what_a_group_may_do_and_changes_nothing() -> None:
    chief, group = Writer(group=DESK_CHIEF), Group.objects.get(name=DESK_CHIEF)
    address = f"{GROUPS}{group.pk}/change/"
    assert "Change: editors" in chief.client.get(address).content.decode()
    assert chief.client.post(address, {"name": "Owners"}).status_code == 403


def test_a_permission_is_told_in_the_language_of_the_viewer() -> None:
    with override("de"):
        assert permission_label(Permission.objects.get(codename="change_editor")) != "Change: editors"


def test_permissions_of_an_older_site_are_told_by_their_names_of_today() -> None:
    for codename in ("publish_revision", "withhold_revision"):
        Permission.objects.filter(codename=codename).update(name="as it was named")
    with connection.schema_editor() as editor:
        import_module("newsroom.migrations.0019_words").rename_permissions(apps, editor)
    names = Permission.objects.filter(codename__endswith="_revision").values_list("name", flat=True)
    assert {"Can publish versions", "Can withhold the words of a version"} <= set(names)
    with override("de"):
        assert permission_label(Permission.objects.get(codename="publish_revision")).startswith("Darf")
