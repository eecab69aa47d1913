"""The demo's mails are kept as files, whole, and shown to this machine alone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from newsroom.operations.environment import Environment
from newsroom.operations.mail_files import BACKEND

pytestmark = pytest.mark.django_db
HTML = '<p style="color: red">Hello <script>alert(1)</script></p>'


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.DATA_DIR = BACKEND, tmp_path


def send(name: str = "first", subject: str = "Ключі <b>") -> None:
    message = EmailMultiAlternatives(
        subject,
        "Hello & https://example.org/x",
        to=["ada@example.org"],
        headers={"Message-ID": f"<{name}@example.org>"},
    )
    message.attach_alternative(HTML, "text/html")
    message.send()


def test_the_pages_show_headers_text_and_the_html_in_a_sandbox(client: Client) -> None:
    send()
    listed = client.get("/dev/mail/").content.decode()
    assert "Ключі &lt;b&gt;" in listed
    assert f"{timezone.localtime():%-d %B %Y, %H:}" in listed
    page = client.get("/dev/mail/first/").content.decode()
    assert "Hello &amp;" in page
    assert "ada@example.org" in page
    html = client.get("/dev/mail/first/html/")
    assert html.content.decode().strip() == HTML
    assert html["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def test_an_empty_folder_is_a_page_too(client: Client) -> None:
    assert client.get("/dev/mail/").status_code == 200
    assert client.get("/dev/mail/second/").status_code == 404


@pytest.mark.parametrize(
    ("extra", "trusted", "status"),
    [
        ({}, "", 200),
        ({"REMOTE_ADDR": "::1"}, "", 200),
        ({"REMOTE_ADDR": "192.0.2.1"}, "", 404),
        ({"REMOTE_ADDR": ""}, "", 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "", 404),
        ({"HTTP_X_REAL_IP": "192.0.2.1"}, "", 404),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.1"}, "127.0.0.1", 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "10.0.0.1", 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1, 192.0.2.1"}, "127.0.0.1", 404),
        ({"HTTP_X_FORWARDED_FOR": "::1"}, "127.0.0.1", 200),
    ],
)
def test_only_this_machine_sees_them(
    settings: Any, tmp_path: Path, client: Client, extra: dict[str, Any], trusted: str, status: int
) -> None:
    settings.TRUSTED_PROXIES = Environment({"TRUSTED_PROXIES": trusted}, base=tmp_path).networks("TRUSTED_PROXIES")
    send()
    for address in ("/dev/mail/", "/dev/mail/first/", "/dev/mail/first/html/"):
        assert client.get(address, **extra).status_code == status


def test_where_mails_are_really_sent_the_pages_do_not_exist(client: Client, settings: Any) -> None:
    send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for address in ("/dev/mail/", "/dev/mail/first/", "/dev/mail/first/html/"):
        assert client.get(address).status_code == 404
