"""An editor's own profile."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.accounts.roles import DESK_CHIEF
from tests.support.admin_page import tree
from tests.support.editor_page import Writer
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


def columns_written(writer: Writer, address: str, typed: dict[str, str]) -> set[str]:
    """The columns of the account that one form writes; all others may change meanwhile."""
    with CaptureQueriesContext(connection) as queries:
        assert writer.client.post(address, typed).status_code == 302
    [update] = [each["sql"] for each in queries if each["sql"].startswith('UPDATE "newsroom_editor"')]
    return {part.split('"')[1] for part in update.partition(" SET ")[2].partition(" WHERE ")[0].split(", ")}


def test_a_form_that_was_sent_late_unlocks_no_account_and_brings_no_old_password_back() -> None:
    editor, chief, copy = Writer(), Writer(group=DESK_CHIEF), make_editor()
    own = {"public_name": "Ida", "language": "de", "letter_keys": "on"}
    chosen = {"public_name", "language", "time_zone", "letter_keys", "digest", "notified_by_mail"}
    assert columns_written(editor, "/admin/profile/", own) == chosen

    typed = {"username": copy.username, "is_active": "on", "is_staff": "on", "email": "copy@desk.example"}
    assert columns_written(chief, f"/admin/newsroom/editor/{copy.pk}/change/", typed) == {"email"}


def test_letter_keys_are_switched_in_the_header_and_the_page_comes_back(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    answer = client.post("/admin/profile/letter-keys/", {"next": "/admin/newsroom/article/?q=x"})
    assert answer["Location"] == "/admin/newsroom/article/?q=x"
    editor.refresh_from_db()
    assert not editor.letter_keys
    for elsewhere in ("https://evil.example/admin/", "//evil.example", "/", "/admin/\\evil", ""):
        assert client.post("/admin/profile/letter-keys/", {"next": elsewhere})["Location"].startswith("/admin/")
    assert client.get("/admin/profile/letter-keys/").status_code == 405


def test_the_time_zone_is_offered_until_one_was_chosen(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    for address in ("/admin/", "/admin/profile/"):
        [form] = tree(client.get(address)).xpath("//form[@data-zone]")
        assert (form.get("action"), form.get("data-zone")) == ("/admin/profile/time-zone/", "UTC")
        assert form.get("hidden") is not None  # a script shows it where the browser's differs
    for unknown in ("", "Mars/Olympus", "../UTC"):
        assert client.post("/admin/profile/time-zone/", {"zone": unknown}).status_code == 400
    for chosen in ("Europe/Kyiv", "UTC"):
        answer = client.post("/admin/profile/time-zone/", {"zone": chosen, "next": "/admin/"})
        assert answer["Location"] == "/admin/"
        editor.refresh_from_db()
        assert editor.time_zone == chosen
        page = tree(client.get("/admin/profile/"))
        assert not page.xpath("//form[@data-zone]")
        assert page.xpath("//select[@id='id_time_zone']/option[@selected]/@value") == [chosen]
