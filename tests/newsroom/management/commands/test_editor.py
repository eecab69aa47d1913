"""`manage.py editor`: what an operator does to accounts, as acts that name no editor."""

import io
import json
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR
from newsroom.models import Act, Editor

pytestmark = pytest.mark.django_db
IDA = {"email": "ida@desk.example", "public_name": "Ida Wrenfold", "group": [COPY_EDITOR]}


def run(username: str, **options: Any) -> str:
    told = io.StringIO()
    call_command("editor", username, stdout=told, **options)
    return told.getvalue()


def acts() -> list[tuple[str, int | None, list[str]]]:
    rows = Act.objects.order_by("sequence")
    return [(act.verb, act.actor_id, json.loads(act.payload).get("changed", [])) for act in rows]


def test_an_editor_is_added_and_invited() -> None:
    assert run("ida", **IDA) == "ida added; a link for invitation was mailed\n"

    ida = Editor.objects.get()
    assert (ida.email, ida.public_name, ida.is_staff, ida.has_usable_password()) == (
        "ida@desk.example",
        "Ida Wrenfold",
        True,
        False,
    )
    assert [group.name for group in ida.groups.all()] == [COPY_EDITOR]
    assert "/admin/password/" in mail.outbox[0].body
    assert acts() == [("add_editor", None, []), ("make_password_link", None, [])]


def test_a_change_is_an_act_and_what_is_not_named_stays() -> None:
    run("ida", **IDA)
    assert run("ida", group=[STANDARDS_EDITOR]) == "ida changed\n"
    assert run("ida", email="wrenfold@desk.example", link=True) == "ida changed; a link for invitation was mailed\n"

    ida = Editor.objects.get()
    assert (ida.public_name, [group.name for group in ida.groups.all()]) == ("Ida Wrenfold", [STANDARDS_EDITOR])
    assert acts()[2:] == [
        ("change_editor", None, ["groups"]),
        ("change_editor", None, ["email"]),
        ("make_password_link", None, []),
    ]
    assert not [act for act in Act.objects.all() if "desk.example" in act.payload]


@pytest.mark.parametrize(
    ("username", "changed", "why"),
    [
        ("ida", {"email": None}, "has no address"),
        ("ida", {"email": "ida"}, "valid email"),
        ("ida@desk.example", {}, "no e-mail address"),
        ("ida w", {}, "valid username"),
        ("ida", {"group": ["Owners"]}, "there is no group 'Owners'; there are: Auditor"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_nothing_is_made(
    username: str, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(CommandError, match=why) as refused:
        run(username, **{**IDA, **changed})
    assert "\n" not in str(refused.value)
    assert not Editor.objects.exists()
    assert not Act.objects.exists()
