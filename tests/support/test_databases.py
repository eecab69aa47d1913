"""The tests' own ground: databases apart, commits real, nothing left for the next test."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections, transaction

from tests.support.databases import Database, settings_of


def names() -> set[str]:
    return set(Group.objects.filter(name__startswith="ground").values_list("name", flat=True))


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_rolls_back_leaves_nothing(database_vendor: str, turn: str) -> None:
    assert connection.vendor == database_vendor
    assert names() == set()
    Group.objects.create(name=f"ground {turn}")


@pytest.mark.both_databases
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_is_seen_by_other_threads_and_not_by_other_tests(
    committed_db: Database, database_vendor: str, turn: str
) -> None:
    assert committed_db.vendor == connection.vendor == database_vendor
    assert names() == set()
    assert not connection.in_atomic_block
    with transaction.atomic():
        Group.objects.create(name=f"ground {turn}")
    seen: list[set[str]] = []

    def look() -> None:
        seen.append(names())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [{f"ground {turn}"}]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_the_mark_alone_gives_a_database_of_its_own(database: Database) -> None:
    assert str(connection.settings_dict["NAME"]) == str(settings_of(database)["NAME"])
    Group.objects.create(name="ground")


@pytest.mark.both_databases
def test_groups_and_their_permissions_come_with_the_copy(committed_db: Database) -> None:
    assert Group.objects.get(name="Desk chief").permissions.filter(codename="publish_revision").exists()


def test_sqlite_runs_with_the_settings_of_production() -> None:
    chosen = settings_of(Database("sqlite", "sqlite:////tmp/nowhere.sqlite3"))
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
