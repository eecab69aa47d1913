"""The page behind an invitation or a reset link."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from newsroom.accounts.password_links import make_link
from newsroom.models import Editor
from tests.support.admin_page import tree
from tests.support.desk_login import log_in, with_second_factor, works
from tests.support.factories import PASSWORD, make_editor

pytestmark = pytest.mark.django_db
NEW = "another long and quiet harbour"


@pytest.fixture
def editor() -> Editor:
    editor = make_editor(username="harbourmaster")
    editor.email = "ida@desk.example"
    editor.save()
    return editor


def address_for(editor: Editor) -> str:
    return urlsplit(make_link(editor, by=None).url).path


def send(client: Client, address: str, password: str = NEW, again: str = "") -> Any:
    return client.post(address, {"new_password1": password, "new_password2": again or password})


def test_whoever_has_the_link_chooses_a_password_and_logs_in(client: Client, editor: Editor) -> None:
    address = address_for(editor)
    page = client.get(address)
    assert "harbourmaster" in page.content.decode()
    assert page["Cache-Control"].endswith("no-store, must-revalidate, private")

    assert send(client, address).headers["Location"] == "/admin/login/"
    assert "Your password is set." in client.get("/admin/login/").content.decode()
    log_in(client, editor, password=NEW)
    assert works(client)


def test_a_used_link_says_that_it_opens_no_longer(client: Client, editor: Editor) -> None:
    address = address_for(editor)
    send(client, address)
    for answer in (client.get(address), send(client, address, "a third long and quiet harbour")):
        assert answer.status_code == 410
        assert tree(answer).xpath("//h1/text()")[-1] == "This link no longer opens"
    editor.refresh_from_db()
    assert editor.check_password(NEW)


@pytest.mark.parametrize("password", ["short", "password1234", "harbourmaster1"])
def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_stays(
    client: Client, editor: Editor, password: str
) -> None:
    address = address_for(editor)
    assert send(client, address, password).status_code == 422
    assert send(client, address, NEW, "something else").status_code == 422
    assert client.get(address).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_new_password_ends_every_log_in_and_skips_no_second_factor(client: Client, editor: Editor) -> None:
    with_second_factor(editor)
    inside = Client()
    inside.force_login(editor)
    editor.refresh_from_db()
    address = address_for(editor)

    send(client, address)

    assert not works(inside)
    log_in(client, editor, password=NEW)
    assert not works(client)


def test_the_form_needs_its_token_against_forged_requests(editor: Editor) -> None:
    assert send(Client(enforce_csrf_checks=True), address_for(editor)).status_code == 403
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)
