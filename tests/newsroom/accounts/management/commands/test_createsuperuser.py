"""`manage.py createsuperuser` makes an account and its act, or neither."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from newsroom.models import Act, AuditHead, Editor
from tests.support.factories import PASSWORD

pytestmark = pytest.mark.django_db
BOSS = {"username": "boss", "email": "boss@desk.example"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_superuser_made_by_command_is_an_act_without_an_address(
    monkeypatch: pytest.MonkeyPatch, is_asked: bool
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    monkeypatch.setattr("getpass.getpass", lambda *_prompt: PASSWORD)
    call_command("createsuperuser", interactive=is_asked, stdin=Terminal(), stdout=io.StringIO(), **BOSS)

    boss, act = Editor.objects.get(), Act.objects.get()
    assert boss.check_password(PASSWORD)
    assert (act.verb, act.subject, act.actor_id, act.actor_name) == ("add_editor", f"editor:{boss.pk}", None, "")
    rights = {"groups": [], "permissions": [], "is_staff": True, "is_superuser": True}
    assert json.loads(act.payload) == rights


def test_the_same_name_again_makes_neither_account_nor_act() -> None:
    call_command("createsuperuser", interactive=False, stdout=io.StringIO(), **BOSS)
    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", interactive=False, stdout=io.StringIO(), **BOSS)
    assert (Editor.objects.count(), Act.objects.count()) == (1, 1)


def test_a_name_that_is_an_address_is_refused() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("createsuperuser", interactive=False, **{**BOSS, "username": "boss@desk.example"})
    assert not Editor.objects.exists()


def test_no_account_is_made_without_its_act() -> None:
    AuditHead.objects.all().delete()
    with pytest.raises(AuditHead.DoesNotExist):
        call_command("createsuperuser", interactive=False, stdout=io.StringIO(), **BOSS)
    assert not Editor.objects.exists()
