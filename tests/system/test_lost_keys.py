"""A backup restored under another SECRET_KEY names what was encrypted under the old one, of both apps at once."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from corrections.models import Hook
from newsroom.checks import check_lost_keys
from newsroom.models import AppFactor
from tests.support.databases import Database
from tests.support.factories import make_editor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def test_restored_under_another_key_one_line_says_what_has_to_be_set_up_again(
    committed_db: Database, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    AppFactor.objects.create(user=make_editor(username="ada"))
    Hook(name="Our CMS", url="https://cms.example/", secret="x", listens_since=now(), told_until=now()).save()
    run("backup", tmp_path / "now.tar")
    settings.SECRET_KEY = "n" * 50

    told = run("restore", tmp_path / "now.tar", "--overwrite")
    line = "encrypted under another SECRET_KEY and to be set up again: second factors ada; webhooks Our CMS"
    assert line in told.splitlines()
    assert line in run("migrate", "-v0").splitlines()
    assert [warning.msg for warning in check_lost_keys()] == [line]
