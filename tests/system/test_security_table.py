"""What docs/security.md and docs/record.md say about tests is true, and so is a row that nothing else tests."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.support.factories import PASSWORD, make_editor

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize(("name", "untested"), [("security.md", "| **"), ("record.md", "**never**")])
def test_every_test_that_a_table_names_exists(name: str, untested: str) -> None:
    """Headings of the one table, and what is never found in the other, have no test."""
    table = (settings.BASE_DIR / "docs" / name).read_text()
    rows = [line for line in table.splitlines() if line.startswith("|") and untested not in line][2:]
    code = "\n".join(path.read_text() for path in TESTS.rglob("test_*.py"))
    written = set(re.findall(r"^ *def (test_\w+)", code, re.MULTILINE))

    assert rows
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        assert set(named) <= written, row


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", r"\\evil.example", "https:evil.example", "javascript:alert(1)"],
)
def test_logging_in_leads_to_no_other_site(elsewhere: str) -> None:
    editor = make_editor()

    typed = {"username": editor.username, "password": PASSWORD, "next": elsewhere}
    answer = Client().post("/admin/login/", typed)

    assert answer.status_code == 302
    target = urlsplit(answer["Location"])
    assert (target.scheme, target.netloc) == ("", "")
    assert target.path.startswith("/admin/")
