"""Groups in the admin: seen and not changed."""

import pytest
from django.contrib.auth.models import Group, Permission
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
