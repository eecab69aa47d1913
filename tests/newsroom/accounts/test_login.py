"""Who gets into the desk: lock-out, second factor, sessions, and the headers every page carries."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.accounts.two_factor import has_second_factor
from newsroom.models import Act, Editor
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db
LOGIN, SECOND_FACTOR, DESK = "/admin/login/", "/admin/second-factor/", "/admin/newsroom/article/"


def log_in(client: Client, editor: Editor, *, password: str = PASSWORD, code: str = "", **meta: str) -> Any:
    return client.post(LOGIN, {"username": editor.username, "password": password, "code": code, "next": DESK}, **meta)  # type: ignore[arg-type]


def code_of(editor: Editor, *, later: int = 0) -> str:
    """What the app of the editor shows, or will show so many steps later."""
    device = TOTPDevice.objects.get(user=editor)
    return f"{totp(device.bin_key, t0=int(-later * device.step)):06}"


def with_second_factor(editor: Editor) -> list[str]:
    """Set it up in the browser's way; returns the recovery codes."""
    client = Client()
    client.force_login(editor)
    client.get(SECOND_FACTOR)
    page = client.post(SECOND_FACTOR, {"code": code_of(editor)})
    assert page.status_code == 200
    codes: list[str] = page.context["codes"]
    # Half a minute later: a code counts once, so the next log-in would have to wait for it.
    TOTPDevice.objects.filter(user=editor).update(last_t=-1)
    return codes


def works(client: Client) -> bool:
    return client.get(DESK).status_code == 200


# Lock-out ------------------------------------------------------------------------------------------------------------
@pytest.mark.both_databases
def test_the_sixth_try_is_locked_out_for_this_account_from_this_address(client: Client) -> None:
    editor, other = make_editor(), make_editor()
    answers = [log_in(client, editor, password="wrong").status_code for _turn in range(5)]
    locked = log_in(client, editor)

    assert answers == [200] * 4 + [429]
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert "quarter of an hour" in locked.content.decode()
    assert log_in(Client(), editor, REMOTE_ADDR="192.0.2.8").status_code == 302
    assert log_in(Client(), other).status_code == 302


def test_a_quarter_of_an_hour_later_the_account_opens(client: Client) -> None:
    editor = make_editor()
    for _turn in range(6):
        log_in(client, editor, password="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))

    assert log_in(client, editor).status_code == 302
    assert works(client)


def test_a_failed_log_in_keeps_neither_address_nor_browser(client: Client) -> None:
    log_in(client, make_editor(), password="wrong", REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Canary/7")

    row = str(AccessAttempt.objects.values().get())
    assert "192.0.2.77" not in row
    assert "Canary" not in row
    assert "wrong" not in row


# Second factor -------------------------------------------------------------------------------------------------------
@pytest.mark.both_databases
def test_a_code_is_asked_for_once_a_second_factor_is_set_up(client: Client) -> None:
    editor = make_editor()
    with_second_factor(editor)

    for code in ("", "000000", "x"):
        refused = log_in(client, editor, code=code)
        assert refused.status_code == 200
        assert "but the code is not" in refused.content.decode()
        TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert not works(client)
    accepted = code_of(editor)
    assert log_in(client, editor, code=accepted).status_code == 302
    assert works(client)
    assert log_in(Client(), editor, code=accepted).status_code == 200  # it counted once


def test_wrong_codes_make_the_next_try_wait(client: Client) -> None:
    editor = make_editor()
    with_second_factor(editor)
    for _turn in range(3):
        log_in(client, editor, code="000000")

    assert log_in(client, editor, code=code_of(editor)).status_code == 200


def test_a_recovery_code_opens_once(client: Client) -> None:
    editor = make_editor()
    first, *_others = with_second_factor(editor)

    assert log_in(client, editor, code=first).status_code == 302
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert log_in(Client(), editor, code=first).status_code == 200


def test_the_secret_is_shown_while_it_is_set_up_and_never_again(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    picture = client.get(SECOND_FACTOR + "code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"].endswith("no-store, must-revalidate, private")
    assert client.post(SECOND_FACTOR, {"code": "123"}).status_code == 422
    assert not has_second_factor(editor)
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    with_second_factor(editor)

    log_in(client, editor, code=code_of(editor))
    assert client.get(SECOND_FACTOR + "code.svg").status_code == 302
    assert "secret" not in client.get(SECOND_FACTOR).content.decode()


def test_a_session_from_before_the_second_factor_ends(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    assert works(client)
    with_second_factor(editor)

    assert client.get(DESK).status_code == 302
    assert not works(client)


@pytest.mark.parametrize("group", [STANDARDS_EDITOR, DESK_CHIEF])
def test_where_the_site_demands_it_nothing_opens_before_it_is_set_up(group: str, client: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = "yes"
    editor, copy_editor = make_editor(group=group), make_editor()
    log_in(client, editor)

    assert client.get(DESK)["Location"] == SECOND_FACTOR
    assert client.post("/admin/newsroom/article/add/", {}).status_code == 302
    client.get(SECOND_FACTOR)
    client.post(SECOND_FACTOR, {"code": code_of(editor)})
    assert works(client)
    TOTPDevice.objects.update(last_t=-1)
    assert client.post(SECOND_FACTOR, {"code": code_of(editor)}).status_code == 422  # nor may it go
    other = Client()
    log_in(other, copy_editor)
    assert works(other)


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


# Passwords -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "password",
    [
        *("short", "password1234", "123456789012345", "harbourmaster", "harbourmaster1"),
        *("Iryna Kovalenko", "iryna.kovalenko", "irynakovalenko1"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(client: Client, password: str) -> None:
    """Too short, one of the common ones, digits alone, or a name of the account's owner."""
    editor = make_editor(username="harbourmaster", public_name="Iryna Kovalenko")
    client.force_login(editor)
    typed = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}

    assert client.post("/admin/password_change/", typed).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_new_password_ends_the_sessions_elsewhere(client: Client) -> None:
    editor, elsewhere, new = make_editor(), Client(), "a lantern in the fog 77"
    log_in(client, editor)
    log_in(elsewhere, editor)

    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert (works(client), works(elsewhere)) == (True, False)


# Sessions ------------------------------------------------------------------------------------------------------------
def test_a_log_in_gets_a_new_session_and_the_cookie_stays_at_the_desk(client: Client) -> None:
    client.get(LOGIN)
    client.cookies["sessionid"] = "a" * 32
    log_in(client, make_editor())

    cookie = client.cookies["sessionid"]
    assert cookie.value != "a" * 32
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")


def test_logging_out_everywhere_leaves_only_this_session(client: Client) -> None:
    editor, elsewhere, colleague = make_editor(), Client(), Client()
    log_in(client, editor)
    log_in(elsewhere, editor)
    log_in(colleague, make_editor())

    page = client.post("/admin/profile/sessions/", follow=True)
    assert "1 other log-in was ended" in page.content.decode()
    assert (works(client), works(elsewhere), works(colleague)) == (True, False, True)


@pytest.mark.parametrize("target", ["https://evil.org/", "//evil.org", "/\\evil.org", "javascript:alert(1)"])
def test_a_log_in_leads_to_no_other_site(client: Client, target: str) -> None:
    editor = make_editor()
    answer = client.post(LOGIN, {"username": editor.username, "password": PASSWORD, "next": target})

    assert answer["Location"] in ("/admin/", "/accounts/profile/")
