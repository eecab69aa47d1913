"""Where to report a hole, as RFC 9116 has it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from newsroom.operations.environment import Environment

ADDRESS = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert all(line.count(": ") == 1 for line in lines)
    return dict(line.split(": ") for line in lines)


def test_it_says_where_and_until_when(client: Client) -> None:
    said = fields(client)

    assert said["Contact"].startswith("mailto:")
    assert said["Canonical"] == settings.SITE_URL + ADDRESS
    left = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=150) < left < timedelta(days=365)
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    ("variables", "contact"),
    [
        ({}, "mailto:corrections@localhost"),
        ({"MAIL_FROM": "The desk <desk@news.example>"}, "mailto:desk@news.example"),
        ({"SECURITY_CONTACT": "holes@news.example"}, "mailto:holes@news.example"),
        ({"SECURITY_CONTACT": "https://news.example/report"}, "https://news.example/report"),
    ],
)
def test_the_contact_is_that_of_the_settings(tmp_path: Path, variables: dict[str, str], contact: str) -> None:
    environment = Environment({"DATA_DIR": str(tmp_path), **variables}, base=tmp_path)
    assert environment.security_contact() == contact


@pytest.mark.parametrize(
    ("today", "expires"), [((2026, 8, 31), "2027-02-27"), ((2024, 2, 29), "2024-08-27"), ((2026, 12, 31), "2027-06-29")]
)
def test_it_runs_out_after_180_days(
    client: Client, today: tuple[int, int, int], expires: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(*today, 23, 59, tzinfo=UTC))
    assert fields(client)["Expires"] == f"{expires}T00:00:00Z"
