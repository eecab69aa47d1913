"""Accounts in the admin: a chief gives what they hold themselves, and no more."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client

from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF, PERMISSIONS, STANDARDS_EDITOR
from newsroom.accounts.two_factor import has_second_factor
from newsroom.models import Act, AppFactor, Editor
from tests.support.admin_page import Answer, tree
from tests.support.desk_login import SECOND_FACTOR, code_of, log_in, with_second_factor, works
from tests.support.editor_page import Writer
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db


def test_an_editor_switches_it_off_with_a_code_and_a_chief_without(client: Client) -> None:
    editor, lost, chief = make_editor(), make_editor(), make_editor(group=DESK_CHIEF)
    with_second_factor(editor)
    with_second_factor(lost)
    log_in(client, editor, code=code_of(editor))
    AppFactor.objects.update(last_t=-1)
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


def invite(chief: Writer, **typed: Any) -> Answer:
    fields = {"username": "new", "public_name": "New One", "email": "new@desk.example", **typed}
    return chief.client.post(f"{EDITORS}add/", fields)


def link_in_mail() -> str:
    [message] = mail.outbox
    [address] = re.findall(r"https?://\S+(/admin/password/\S+/)", str(message.body))
    return str(address)


def acts(editor: Editor) -> list[tuple[str, int | None, dict[str, Any]]]:
    rows = Act.objects.filter(subject=f"editor:{editor.pk}").order_by("sequence")
    return [(act.verb, act.actor_id, json.loads(act.payload)) for act in rows]


def test_the_desk_chief_makes_accounts_for_the_four_groups() -> None:
    chief = Writer(group=DESK_CHIEF)
    page = chief.client.get(f"{EDITORS}add/")
    offered = [label.strip() for label in tree(page).xpath("//div[@id='id_groups']//label/text()") if label.strip()]
    assert offered == sorted(PERMISSIONS)
    assert not tree(page).xpath("//input[@type='password']")
    assert "LDAP" not in page.content.decode()
    rights = [str(Permission.objects.get(codename="delete_editor").pk)]
    groups = [str(Group.objects.get(name=COPY_EDITOR).pk)]
    assert (
        invite(chief, groups=groups, is_superuser="on", user_permissions=rights, password1=PASSWORD).status_code == 302
    )
    made = Editor.objects.get(username="new")
    assert (made.public_name, made.email, made.is_staff, made.is_superuser) == (
        "New One",
        "new@desk.example",
        True,
        False,
    )
    assert [group.name for group in made.groups.all()] == [COPY_EDITOR]
    assert not made.user_permissions.exists()
    assert not made.has_usable_password()


def test_an_editor_whom_the_chief_invites_chooses_a_password_and_works(client: Client, transactional_db: None) -> None:
    chief = Writer(group=DESK_CHIEF)
    invite(chief, groups=[str(Group.objects.get(name=COPY_EDITOR).pk)])
    assert "A link to choose a password was mailed to this editor." in chief.messages()
    assert mail.outbox[0].to == ["new@desk.example"]

    client.post(link_in_mail(), {"new_password1": PASSWORD, "new_password2": PASSWORD})
    log_in(client, made := Editor.objects.get(username="new"))

    assert works(client)
    rights = {"groups": [COPY_EDITOR], "permissions": [], "is_staff": True, "is_superuser": False}
    assert acts(made) == [
        ("add_editor", chief.editor.pk, rights),
        ("make_password_link", chief.editor.pk, {"purpose": "invitation"}),
        ("set_password", made.pk, {"how": "link"}),
    ]


def test_an_editor_without_an_address_cannot_be_invited() -> None:
    assert invite(Writer(group=DESK_CHIEF), email="").status_code == 200
    assert not Editor.objects.filter(username="new").exists()


def test_a_mail_that_cannot_be_sent_is_told_and_sent_again_by_one_button(
    settings: Any, tmp_path: Path, transactional_db: None
) -> None:
    chief = Writer(group=DESK_CHIEF)
    settings.EMAIL_BACKEND = "newsroom.operations.mail_files.FileEmailBackend"
    settings.DATA_DIR = tmp_path / "missing"
    invite(chief)
    assert "The mail could not be sent." in chief.messages()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    made = Editor.objects.get(username="new")
    assert "Send the invitation again" in chief.client.get(f"{EDITORS}{made.pk}/change/").content.decode()
    chief.client.post(f"{EDITORS}{made.pk}/password-link/")
    assert "/admin/password/" in link_in_mail()


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
    assert chief.client.post(f"{EDITORS}{other.pk}/password-link/").status_code == 403
    assert not mail.outbox


def test_a_chief_sets_nobodys_password_and_may_only_send_a_link(client: Client) -> None:
    chief, copy = Writer(group=DESK_CHIEF), make_editor()
    new = "another long and quiet harbour"
    typed = {"password1": new, "password2": new, "usable_password": "true", "set-password": "1", "password": new}
    assert chief.client.post(f"{EDITORS}{copy.pk}/password/", typed).status_code == 302  # not a page any more
    chief.client.post(f"{EDITORS}{copy.pk}/change/", {**typed, "username": copy.username, "is_active": "on"})
    copy.refresh_from_db()
    assert copy.check_password(PASSWORD)

    chief.client.post(f"{EDITORS}{copy.pk}/password-link/")
    assert "This account has no e-mail address" in chief.messages()
    Editor.objects.filter(pk=copy.pk).update(email="copy@desk.example")
    chief.client.post(f"{EDITORS}{copy.pk}/password-link/")
    client.post(link_in_mail(), {"new_password1": new, "new_password2": new})
    copy.refresh_from_db()
    assert copy.check_password(new)
    assert [(verb, by) for verb, by, _payload in acts(copy)][-2:] == [
        ("make_password_link", chief.editor.pk),
        ("set_password", copy.pk),
    ]


def test_the_key_enter_saves_the_account_and_presses_no_other_button() -> None:
    chief, copy = Writer(group=DESK_CHIEF), make_editor()
    with_second_factor(copy)
    page = tree(chief.client.get(f"{EDITORS}{copy.pk}/change/"))
    pressed = page.xpath("//form[@id='editor_form']//*[@type='submit']")
    assert pressed[0].name == "_save"
    assert [each.get("formaction").split("/")[-2] for each in pressed if each.get("formaction")] == [
        "second-factor",
        "password-link",
    ]


def test_a_name_that_is_an_address_is_refused_before_the_record_keeps_it() -> None:
    answer = invite(Writer(group=DESK_CHIEF), username="new@desk.example")
    assert "choose one that is not an e-mail address" in answer.content.decode()
    assert not Editor.objects.filter(email="new@desk.example").exists()


def test_each_change_of_an_account_is_an_act_without_an_address() -> None:
    chief, copy = Writer(group=DESK_CHIEF), make_editor()
    address = f"{EDITORS}{copy.pk}/change/"
    standards = Group.objects.get(name=STANDARDS_EDITOR)
    same = {"username": copy.username, "is_staff": "on", "groups": [str(Group.objects.get(name=COPY_EDITOR).pk)]}

    chief.client.post(address, {**same, "is_active": "on", "public_name": "Renamed"})
    assert acts(copy) == []
    chief.client.post(address, {**same, "is_active": "on", "email": "copy@desk.example"})
    chief.client.post(address, {**same, "email": "copy@desk.example", "groups": [str(standards.pk)]})
    chief.client.post(address, {**same, "is_active": "on", "is_staff": "", "username": "renamed", "groups": []})

    rights = {"groups": [COPY_EDITOR], "permissions": [], "is_staff": True, "is_superuser": False}
    less = {**rights, "groups": [], "is_staff": False}
    assert acts(copy) == [
        ("change_editor", chief.editor.pk, {"changed": ["email"], **rights}),
        ("change_editor", chief.editor.pk, {"changed": ["groups"], **rights, "groups": [STANDARDS_EDITOR]}),
        ("lock_editor", chief.editor.pk, {}),
        ("change_editor", chief.editor.pk, {"changed": ["username", "email", "groups", "is_staff"], **less}),
        ("unlock_editor", chief.editor.pk, {}),
    ]
    assert not [payload for payload in Act.objects.values_list("payload", flat=True) if "desk.example" in payload]


def test_a_superuser_who_makes_another_leaves_an_act() -> None:
    boss, copy = Writer(), make_editor()
    Editor.objects.filter(pk=boss.editor.pk).update(is_superuser=True)
    right = Permission.objects.get(codename="delete_editor")
    typed = {"username": copy.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"}

    boss.client.post(f"{EDITORS}{copy.pk}/change/", {**typed, "groups": [], "user_permissions": [str(right.pk)]})

    rights = {"groups": [], "permissions": ["newsroom.delete_editor"], "is_staff": True, "is_superuser": True}
    changed = ["groups", "permissions", "is_superuser"]
    assert acts(copy) == [("change_editor", boss.editor.pk, {"changed": changed, **rights})]
