"""/metrics tells a monitor how the desk stands, and nobody else anything."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.tasks import dispatch
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Act
from tests.conftest import Broker
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.mark.both_databases
def test_the_figures_are_those_of_the_rows_and_the_broker(client: Client, broker: Broker) -> None:
    article = make_article()
    first, _second = make_suggestion(article), make_suggestion(article, "bridges", "spans")
    triage_suggestion(first.pk)
    make_suggestion(article, "closed", "shut")

    told = figures(client)
    assert told['corrigenda_suggestions{state="received"}'] == 2
    assert told['corrigenda_suggestions{state="failed"}'] == 0
    assert told['corrigenda_cases{state="open"}'] == 1
    assert told["corrigenda_oldest_waiting_seconds"] > 0
    assert told["corrigenda_queue_depth"] == 0
    assert (told["corrigenda_broker_up"], told["corrigenda_worker_up"]) == (1, 0)
    assert told["corrigenda_revisions"] == 1
    assert told["corrigenda_audit_sequence"] == Act.objects.count()


def test_a_dispatcher_that_ran_is_told(client: Client, broker: Broker) -> None:
    make_suggestion(make_article())
    dispatch()

    told = figures(client)
    assert told["corrigenda_worker_up"] == 1
    assert told["corrigenda_queue_depth"] == 2  # the suggestion, and the article's sentences


def test_without_a_broker_the_other_figures_are_still_told(client: Client, broker: Broker) -> None:
    broker.kill()

    told = figures(client)
    assert told["corrigenda_broker_up"] == 0
    assert "corrigenda_queue_depth" not in told
    assert told["corrigenda_revisions"] == 0


def test_every_gauge_is_explained_once(client: Client, broker: Broker) -> None:
    lines = client.get("/metrics").content.decode().splitlines()
    names = [line.split(" ")[2] for line in lines if line.startswith("# TYPE")]
    assert names
    assert len(set(names)) == len(names)
    assert all(line.split("{")[0].split(" ")[0] in names for line in lines if not line.startswith("#"))


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "allow", "status"),
    [
        ("127.0.0.1", "", "", "127.0.0.0/8", 200),
        ("192.0.2.7", "", "", "127.0.0.0/8", 404),
        ("192.0.2.7", "", "", "192.0.2.0/24", 200),
        # Behind a proxy that nobody named, everybody would be the machine itself.
        ("127.0.0.1", "192.0.2.7", "", "127.0.0.0/8", 404),
        ("127.0.0.1", "192.0.2.7", "127.0.0.1/32", "127.0.0.0/8", 404),
        ("127.0.0.1", "192.0.2.7", "127.0.0.1/32", "192.0.2.7/32", 200),
        ("127.0.0.1", "127.0.0.1, 192.0.2.7", "127.0.0.1/32", "127.0.0.0/8", 404),
    ],
)
def test_others_are_told_nothing(
    client: Client,
    broker: Broker,
    settings: Any,
    remote: str,
    forwarded: str,
    proxies: str,
    allow: str,
    status: int,
) -> None:
    settings.TRUSTED_PROXIES = [ip_network(proxies)] if proxies else []
    settings.METRICS_ALLOW = [ip_network(allow)]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert client.get("/metrics", REMOTE_ADDR=remote, headers=headers).status_code == status
