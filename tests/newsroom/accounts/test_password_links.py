"""Links to choose a password: how long they open, and what voids them."""

import json
import threading
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import update_last_login
from django.db import connection
from django.utils import timezone

from newsroom.accounts.password_links import NoAddress, Purpose, VoidLink, account_of, choose_password, make_link
from newsroom.models import Act, Editor
from tests.support.databases import Database
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db
NEW = "another long and quiet harbour"


@pytest.fixture
def editor() -> Editor:
    editor = make_editor()
    editor.email = "ida@desk.example"
    editor.save()
    return editor


def token_for(editor: Editor) -> str:
    return make_link(editor, by=None).url.rstrip("/").rpartition("/")[2]


def opens(token: str) -> bool:
    try:
        account_of(token)
    except VoidLink:
        return False
    return True


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    ("purpose", "lifetime"), [(Purpose.RESET, timedelta(hours=1)), (Purpose.INVITATION, timedelta(days=7))]
)
def test_a_reset_opens_for_an_hour_and_an_invitation_for_a_week(
    monkeypatch: pytest.MonkeyPatch, editor: Editor, purpose: Purpose, lifetime: timedelta
) -> None:
    if purpose is Purpose.INVITATION:
        editor.set_unusable_password()
        editor.save()
    made = timezone.now().replace(microsecond=0)
    at(monkeypatch, made)
    link, token = make_link(editor, by=None), token_for(editor)

    assert (link.purpose, link.expires_at) == (purpose, made + lifetime)
    at(monkeypatch, made + lifetime - timedelta(seconds=1))
    assert opens(token)
    at(monkeypatch, made + lifetime)
    assert not opens(token)


def test_a_link_that_a_wrong_clock_made_in_the_future_does_not_open(
    monkeypatch: pytest.MonkeyPatch, editor: Editor
) -> None:
    now = timezone.now()
    at(monkeypatch, now + timedelta(days=1))
    token = token_for(editor)
    at(monkeypatch, now)
    assert not opens(token)


def test_a_link_opens_once_and_every_older_one_is_void(editor: Editor) -> None:
    first, second = token_for(editor), token_for(editor)

    choose_password(second, password=NEW)

    assert Editor.objects.get().check_password(NEW)
    for token in (first, second):
        with pytest.raises(VoidLink):
            choose_password(token, password="a third long and quiet harbour")
    last = Act.objects.latest("sequence")
    assert (last.verb, last.subject, last.actor_id) == ("set_password", f"editor:{editor.pk}", editor.pk)


@pytest.mark.parametrize("what", ["log-in", "address", "locked", "password"])
def test_a_change_of_the_account_voids_the_link(editor: Editor, what: str) -> None:
    token = token_for(editor)
    assert opens(token)
    if what == "log-in":
        update_last_login(Editor, editor)
    elif what == "address":
        Editor.objects.update(email="mine@desk.example")
    elif what == "locked":
        Editor.objects.update(is_active=False)
    else:
        editor.set_password(NEW)
        editor.save()
    assert not opens(token)


def test_a_link_for_one_account_opens_no_other_and_no_letter_of_it_may_change(editor: Editor) -> None:
    other = make_editor()
    token = token_for(editor)
    pk, made, signature = token.split(".")
    forged = [
        f"{other.pk}.{made}.{signature}",
        f"{pk}.{int(made) + 1}.{signature}",
        f"{pk}.{made}.{signature[:-2]}xx",
        *("", ".", "..", f"{pk}.{made}", f"{pk}.{made}.", f"{'9' * 30}.{made}.{signature}", f"{pk}.-1.{signature}"),
        f"{pk}.{'9' * 18}.{signature}",
        f"²{token}",
    ]
    assert [each for each in forged if opens(each)] == []
    assert account_of(token) == editor


def test_a_link_made_under_an_earlier_secret_key_opens(editor: Editor, settings: pytest.FixtureRequest) -> None:
    token = token_for(editor)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert opens(token)
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert not opens(token)


def test_an_account_without_an_address_gets_no_link_and_no_act(editor: Editor) -> None:
    Editor.objects.update(email="")
    with pytest.raises(NoAddress):
        make_link(editor, by=None)
    assert not Act.objects.exists()


def test_the_act_of_a_link_says_what_it_is_for_and_holds_neither_link_nor_address(editor: Editor) -> None:
    make_link(editor, by=editor)
    act = Act.objects.get(verb="make_password_link")
    assert (act.actor_id, json.loads(act.payload)) == (editor.pk, {"purpose": "reset"})


@pytest.mark.both_databases
def test_of_two_who_use_one_link_at_once_one_is_refused(committed_db: Database, editor: Editor) -> None:
    token, outcomes = token_for(editor), list[str]()

    def use(password: str) -> None:
        try:
            choose_password(token, password=password)
        except VoidLink:
            outcomes.append("void")
        else:
            outcomes.append("set")
        connection.close()

    threads = [threading.Thread(target=use, args=[f"{NEW} {number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["set", "void", "void", "void"]
