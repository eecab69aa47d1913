"""The mail that carries a link to choose a password."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from newsroom.accounts.link_mail import mail_link
from newsroom.accounts.password_links import make_link
from newsroom.models import Editor
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Editor:
    editor = make_editor(username="ida")
    editor.email = "ida@desk.example"
    editor.save()
    return editor


@pytest.mark.parametrize("is_new", [True, False])
def test_it_says_whose_account_it_is_and_how_long_the_link_opens(editor: Editor, is_new: bool) -> None:
    if is_new:
        editor.set_unusable_password()
        editor.save()
    link = make_link(editor, by=None)
    mail_link(link)

    [message] = mail.outbox
    assert message.to == ["ida@desk.example"]
    assert message.subject.startswith("Your account" if is_new else "A new password")
    assert link.url in message.body.splitlines()
    assert "Your name there is: ida" in message.body
    assert ("If you did not ask for this" in message.body) is not is_new


def test_it_speaks_the_language_of_the_editor(editor: Editor) -> None:
    editor.language = "de"
    editor.save()
    mail_link(make_link(editor, by=None))
    assert "A new password" not in mail.outbox[0].subject


def test_the_demo_shows_it(editor: Editor, settings: Any, tmp_path: Path, client: Client) -> None:
    settings.EMAIL_BACKEND = "newsroom.operations.mail_files.FileEmailBackend"
    settings.DATA_DIR = tmp_path
    link = make_link(editor, by=None)
    mail_link(link)

    [name] = [path.stem for path in (tmp_path / "mail").glob("*.eml")]
    assert "A new password" in client.get("/dev/mail/").content.decode()
    page = client.get(f"/dev/mail/{name}/").content.decode()
    assert f'href="{link.url}"' in page
