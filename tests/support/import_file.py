"""Files to import, and the command that does it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from newsroom.models import Act, Article, Editor, Kind, RevisionText
from tests.support.databases import Database
from tests.support.factories import current_revision

TEXT = "The bridge opens on Monday\n\nThe bridge will recieve its first carts.\n\nThe council pays 14 crowns.\n"


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def imported(path: Path, *options: str, slug: str = "bridge") -> RevisionText:
    call_command("import_article", str(path), "--slug", slug, *options)
    return current_revision(Article.objects.get(slug=slug)).require_content()


def refused(path: Path, *options: str, slug: str = "bridge") -> str:
    before = Article.objects.count(), Act.objects.count(), Editor.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("import_article", str(path), "--slug", slug, *options)
    assert (Article.objects.count(), Act.objects.count(), Editor.objects.count()) == before
    told = str(error.value)
    assert told
    assert "\n" not in told
    return told


def update(path: Path, kind: Kind, *options: str) -> RevisionText:
    return imported(path, "--update", "--kind", kind, *options)


def edited(path: Path, old: str, new: str) -> Path:
    assert old in TEXT
    return written(path, TEXT.replace(old, new))


def run(database: Database, path: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", "import_article", str(path), *options]
    environment = {**os.environ, "DATABASE_URL": database.url}
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
