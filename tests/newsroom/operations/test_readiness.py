"""/readyz names within a second what the site lacks."""

from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from pytest_django import Settings

from newsroom.operations.heartbeat import write_heartbeat
from tests.conftest import Broker
from tests.support.databases import Database, settings_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def answer(client: Client) -> tuple[int, set[str]]:
    got = client.get("/readyz")
    assert got.headers["Cache-Control"].count("no-store") == 1
    return got.status_code, set(got.json()["missing"])


def test_a_site_with_all_its_parts_is_ready(client: Client, broker: Broker) -> None:
    write_heartbeat()
    assert answer(client) == (200, set())


def test_a_site_where_nobody_works_is_not_ready(client: Client, broker: Broker) -> None:
    assert answer(client) == (503, {"worker"})


def test_a_dead_broker_is_named(client: Client, broker: Broker) -> None:
    broker.kill()
    assert answer(client) == (503, {"broker", "worker"})


def test_a_hung_broker_is_named(client: Client, broker: Broker) -> None:
    with broker.hung():
        # Without a limit of our own this would never come to an end.
        assert answer(client) == (503, {"broker", "worker"})


def test_a_full_disk_is_named(client: Client, broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    write_heartbeat()
    monkeypatch.setattr("newsroom.operations.readiness.NEEDED_BYTES", 1 << 62)
    assert answer(client) == (503, {"disk"})


def test_a_disk_that_takes_no_byte_is_named(client: Client, broker: Broker, settings: Settings) -> None:
    write_heartbeat()
    settings.DATA_DIR = Path("/proc")
    assert answer(client) == (503, {"disk"})


def test_a_database_that_is_gone_is_named(client: Client, broker: Broker, committed_db: Database) -> None:
    write_heartbeat()
    kept = connections.settings["default"]
    connections.settings["default"] = settings_of(Database("postgresql", "postgresql://nobody@127.0.0.1:1/nothing"))
    try:
        assert answer(client) == (503, {"database"})
    finally:
        connections.settings["default"] = kept
