"""`manage.py changepassword` sets a password and appends the act of it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from newsroom.models import Act
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db
NEW = "another long and quiet harbour"


def change(monkeypatch: pytest.MonkeyPatch, username: str, *typed: str) -> str:
    answers, told = iter(typed), io.StringIO()
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    call_command("changepassword", username, stdout=told, stderr=told)
    return told.getvalue()


def test_a_password_set_by_command_is_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = make_editor()
    assert "The password is changed." in change(monkeypatch, editor.username, NEW, NEW)

    editor.refresh_from_db()
    assert editor.check_password(NEW)
    act = Act.objects.get()
    assert (act.verb, act.subject, act.actor_id) == ("set_password", f"editor:{editor.pk}", None)
    assert json.loads(act.payload) == {"how": "command"}


@pytest.mark.parametrize("typed", [[""], [NEW, PASSWORD, "short", "short", "123456789012345", "123456789012345"]])
def test_a_bad_password_changes_nothing(monkeypatch: pytest.MonkeyPatch, typed: list[str]) -> None:
    editor = make_editor()
    with pytest.raises(CommandError, match="nothing is changed"):
        change(monkeypatch, editor.username, *typed)
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)
    assert not Act.objects.exists()


def test_an_account_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="there is no editor 'nobody'"):
        change(monkeypatch, "nobody")
