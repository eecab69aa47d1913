"""An editor's log-ins end where they shall, and those of others stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.support.desk_login import LOGIN, log_in, works
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db


def test_a_new_password_ends_the_sessions_elsewhere(client: Client) -> None:
    editor, elsewhere, new = make_editor(), Client(), "a lantern in the fog 77"
    log_in(client, editor)
    log_in(elsewhere, editor)

    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert (works(client), works(elsewhere)) == (True, False)


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


@pytest.mark.both_databases
def test_a_session_begun_while_the_clock_was_ahead_is_over(client: Client) -> None:
    log_in(client, make_editor())
    assert works(client)
    Session.objects.update(expire_date=timezone.now() + timedelta(days=1))
    assert not works(client)
