"""A site whose role does not own the tables: it writes what it must, and cannot touch the guards of the record."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from newsroom.checks import check_table_owner
from newsroom.demo.processes import PROJECT
from newsroom.models import Article
from newsroom.operations.environment import Environment
from tests.support.database_roles import Roles, drop_roles, make_roles
from tests.support.databases import Database, PostgresDatabases, default_database
from tests.support.factories import make_article, make_revision
from tests.support.record_check import verify
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def migrated(postgres_databases: PostgresDatabases, django_db_blocker: DjangoDbBlocker) -> Iterator[Roles]:
    """A database with two roles, migrated by its owner."""
    name, server = f"corrigenda_roles_{os.getpid()}", os.environ["DATABASE_URL"]
    roles = make_roles(server, name)
    try:
        with django_db_blocker.unblock(), as_a_site(roles):
            call_command("migrate", verbosity=0)
        yield roles
    finally:
        drop_roles(server, name)


@contextmanager
def as_a_site(roles: Roles) -> Iterator[None]:
    variables = {"DATABASE_URL": roles.site, "DATABASE_OWNER_URL": roles.owner}
    owner = Environment(variables, base=PROJECT).database_owner()
    with override_settings(DATABASE_OWNER=owner), default_database(Database("postgresql", roles.site)):
        yield


@pytest.fixture
def roles(migrated: Roles, settings: Any, tmp_path: Path) -> Iterator[Roles]:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    with as_a_site(migrated):
        yield migrated


def user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


FORBIDDEN = [
    "ALTER TABLE newsroom_act DISABLE TRIGGER act_stays",
    "ALTER TABLE newsroom_revision DISABLE TRIGGER ALL",
    "DROP TRIGGER act_stays ON newsroom_act",
    "CREATE OR REPLACE FUNCTION corrigenda_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
    "CREATE TRIGGER mine BEFORE INSERT ON newsroom_act EXECUTE FUNCTION corrigenda_refuse()",
    "CREATE RULE mine AS ON DELETE TO newsroom_act DO INSTEAD NOTHING",
    "CREATE TABLE mine (id integer)",
    "UPDATE newsroom_act SET payload = payload",
    "DELETE FROM newsroom_act",
    "TRUNCATE newsroom_act",
    "UPDATE newsroom_revision SET note = note",
    "DELETE FROM newsroom_revision",
    "UPDATE newsroom_revisiontext SET text = text",
    "DELETE FROM newsroom_withholding",
    "DELETE FROM django_migrations",
    "SET session_replication_role = replica",
]


def test_the_site_works_without_owning_its_tables_and_touches_no_guard(roles: Roles, quick_passwords: None) -> None:
    assert user() == connection.settings_dict["USER"] == settings_user(roles.site)

    article = make_article(slug="bridges")
    make_revision(article, find="14", put="15")
    withhold(article)
    for statement in FORBIDDEN:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner|cannot set parameter"):
            connection.cursor().execute(statement)
    assert "the record is whole" in verify()
    assert check_table_owner() == []


def settings_user(url: str) -> str:
    return url.partition("//")[2].partition(":")[0]


def test_a_backup_is_restored_by_the_owner_and_the_site_goes_on(
    roles: Roles, quick_passwords: None, tmp_path: Path
) -> None:
    article = make_article(slug="before")
    call_command("backup", str(tmp_path / "now.tar"), stdout=StringIO())
    make_article(slug="after")

    call_command("restore", str(tmp_path / "now.tar"), "--overwrite", stdout=StringIO())
    assert not Article.objects.filter(slug="after").exists()
    make_revision(article, find="14", put="15")
    assert "the record is whole" in verify()


def test_a_site_that_owns_its_tables_is_warned_of(committed_db: Database) -> None:
    assert [warning.id for warning in check_table_owner()] == ["newsroom.W002"]


def test_a_role_that_is_not_there_is_one_line(roles: Roles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "USER", "nobody_at_all")
    with pytest.raises(CommandError, match='cannot be given its rights: role "nobody_at_all" does not exist'):
        call_command("migrate", verbosity=0)
