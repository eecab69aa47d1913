"""Who gets into the desk: lock-out, second factor, sessions, and the headers every page carries."""

import pytest
from django.test import Client

from tests.support.desk_login import LOGIN
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db


# Lock-out ------------------------------------------------------------------------------------------------------------


# Second factor -------------------------------------------------------------------------------------------------------


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


# Sessions ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["https://evil.org/", "//evil.org", "/\\evil.org", "javascript:alert(1)"])
def test_a_log_in_leads_to_no_other_site(client: Client, target: str) -> None:
    editor = make_editor()
    answer = client.post(LOGIN, {"username": editor.username, "password": PASSWORD, "next": target})

    assert answer["Location"] in ("/admin/", "/accounts/profile/")
