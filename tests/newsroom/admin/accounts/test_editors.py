"""Accounts in the admin: a chief gives what they hold themselves, and no more."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF, PERMISSIONS, STANDARDS_EDITOR
from newsroom.accounts.two_factor import has_second_factor
from newsroom.models import Act, Editor
from tests.support.admin_page import tree
from tests.support.desk_login import SECOND_FACTOR, code_of, log_in, with_second_factor
from tests.support.editor_page import Writer
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db


def test_an_editor_switches_it_off_with_a_code_and_a_chief_without(client: Client) -> None:
    editor, lost, chief = make_editor(), make_editor(), make_editor(group=DESK_CHIEF)
    with_second_factor(editor)
    with_second_factor(lost)
    log_in(client, editor, code=code_of(editor))
    TOTPDevice.objects.update(last_t=-1)
    client.post(SECOND_FACTOR, {"code": code_of(editor)})
    assert not has_second_factor(editor)

    client.force_login(chief)
    page = client.get(f"/admin/newsroom/editor/{lost.pk}/change/")
    assert "second-factor/" in page.content.decode()
    client.post(f"/admin/newsroom/editor/{lost.pk}/second-factor/")
    assert not has_second_factor(lost)
    assert Act.objects.latest("sequence").verb == "remove_second_factor"
    assert Act.objects.latest("sequence").actor_id == chief.pk


def test_a_standards_editor_cannot_switch_it_off_for_others(client: Client) -> None:
    editor = make_editor()
    with_second_factor(editor)
    client.force_login(make_editor(group=STANDARDS_EDITOR))

    assert client.post(f"/admin/newsroom/editor/{editor.pk}/second-factor/").status_code == 403
    assert has_second_factor(editor)


EDITORS = "/admin/newsroom/editor/"


def test_the_desk_chief_makes_accounts_for_the_four_groups() -> None:
    chief = Writer(group=DESK_CHIEF)
    page = chief.client.get(f"{EDITORS}add/")
    offered = [label.strip() for label in tree(page).xpath("//div[@id='id_groups']//label/text()") if label.strip()]
    assert offered == sorted(PERMISSIONS)
    typed = {
        "username": "new",
        "public_name": "New One",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [str(Group.objects.get(name=COPY_EDITOR).pk)],
        "user_permissions": [str(Permission.objects.get(codename="delete_editor").pk)],
    }
    assert chief.client.post(f"{EDITORS}add/", typed).status_code == 302
    made = Editor.objects.get(username="new")
    assert (made.public_name, made.is_staff, made.is_superuser) == ("New One", True, False)
    assert [group.name for group in made.groups.all()] == [COPY_EDITOR]
    assert not made.user_permissions.exists()


def test_the_desk_chief_gives_no_group_that_holds_more_than_they_do() -> None:
    chief, beyond = Writer(group=DESK_CHIEF), Group.objects.create(name="Owners")
    beyond.permissions.add(Permission.objects.get(codename="delete_editor"))
    copy = make_editor()
    typed = {"username": copy.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    address = f"{EDITORS}{copy.pk}/change/"
    answer = chief.client.post(address, {**typed, "groups": [str(beyond.pk)]})
    assert "Select a valid choice" in answer.content.decode()
    standards = Group.objects.get(name=STANDARDS_EDITOR)
    assert chief.client.post(address, {**typed, "groups": [str(standards.pk)]}).status_code == 302
    copy.refresh_from_db()
    assert (copy.is_superuser, list(copy.groups.all())) == (False, [standards])


@pytest.mark.parametrize("how", ["superuser", "group", "asleep"])
def test_the_desk_chief_changes_nobody_who_holds_more(how: str) -> None:
    chief, other = Writer(group=DESK_CHIEF), make_editor()
    if how == "superuser":
        other.is_superuser = True
    else:
        other.user_permissions.add(Permission.objects.get(codename="delete_editor"))
    other.is_active = how != "asleep"
    other.save()
    address = f"{EDITORS}{other.pk}/change/"
    assert chief.client.get(address).status_code == 200
    assert chief.client.post(address, {"username": "mine"}).status_code == 403
    answer = chief.client.post(f"{EDITORS}{other.pk}/password/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 403


def test_the_desk_chief_sets_a_new_password_for_a_copy_editor() -> None:
    chief, copy = Writer(group=DESK_CHIEF), make_editor()
    new = "another long and quiet harbour"
    typed = {"password1": new, "password2": new, "usable_password": "true", "set-password": "1"}
    assert chief.client.post(f"{EDITORS}{copy.pk}/password/", typed).status_code == 302
    copy.refresh_from_db()
    assert copy.check_password(new)
