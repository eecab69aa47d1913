"""What the database refuses of a delivery, and which still wait."""

import hashlib
import hmac
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from corrections.models import Delivery, Hook
from corrections.webhooks.deliveries import DEAD_AFTER
from corrections.webhooks.signatures import encode_secret
from tests.support.databases import Database
from tests.support.webhook_steps import make_hook, tick, wait_for_next_try
from tests.support.withheld_words import everything_stored

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def owed(settings: Any) -> dict[str, Any]:
    hook = make_hook("https://192.0.2.1/x")
    return {"hook": hook, "event": "ping", "subject": 1, "happened_at": NOW, "next_try": NOW}


@pytest.mark.parametrize(
    "change",
    [{"next_try": None}, {"settled_at": NOW}, {"state": "delivered"}, {"state": "given_up", "next_try": None}],
)
def test_a_delivery_waits_for_a_moment_or_is_settled(owed: dict[str, Any], change: dict[str, Any]) -> None:
    Delivery.objects.create(message_id="one", **owed)
    with pytest.raises(IntegrityError, match="delivery_waits_for_a_moment"), transaction.atomic():
        Delivery.objects.update(**change)


def test_an_event_is_told_to_a_webhook_once(owed: dict[str, Any]) -> None:
    Delivery.objects.create(message_id="one", **owed)
    Delivery.objects.create(message_id="two", **{**owed, "subject": 2})
    with pytest.raises(IntegrityError, match="delivery_told_once"), transaction.atomic():
        Delivery.objects.create(message_id="three", **owed)


def test_a_settled_delivery_waits_no_more(owed: dict[str, Any]) -> None:
    waits = Delivery.objects.create(message_id="one", **owed)
    settled = {**owed, "subject": 2, "next_try": None, "state": "delivered", "settled_at": NOW}
    Delivery.objects.create(message_id="two", **settled)
    assert list(Delivery.objects.waiting()) == [waits]


@pytest.mark.both_databases
def test_the_migration_keeps_the_secrets_that_receivers_have_and_names_those_it_cannot_find(
    committed_db: Database, settings: Any
) -> None:
    """Secrets were derived from SECRET_KEY, and the row held a digest."""
    uid, other = uuid.uuid4(), uuid.uuid4()
    derived = _derived(uid, 2, settings.SECRET_KEY)
    MigrationExecutor(connection).migrate([("corrections", "0019_failed_jobs")])
    old = MigrationExecutor(connection).loader.project_state(("corrections", "0019_failed_jobs")).apps
    for name, key, digest in (("kept", uid, _digest(derived)), ("lost", other, "0" * 64)):
        old.get_model("corrections", "Hook").objects.create(
            name=name,
            uid=key,
            url=f"https://{name}.example/in",
            generation=2,
            secret_digest=digest,
            earlier_digest=_digest(_derived(key, 1, settings.SECRET_KEY)),
            listens_since=timezone.now(),
            told_until=timezone.now(),
        )

    told = StringIO()
    call_command("migrate", verbosity=0, stdout=told)
    kept, lost = Hook.objects.order_by("name")
    assert (kept.url, kept.secret) == ("https://kept.example/in", derived)
    assert kept.earlier_secret == _derived(uid, 1, settings.SECRET_KEY)
    assert (lost.url, lost.secret) == ("https://lost.example/in", "")
    assert told.getvalue() == "encrypted under another SECRET_KEY and to be set up again: webhooks lost\n"
    for secret in (derived, "kept.example"):
        assert secret not in everything_stored()


@pytest.mark.both_databases
def test_a_webhook_that_failed_under_an_earlier_version_has_three_days_from_its_next_failure(
    committed_db: Database, settings: Any
) -> None:
    settings.WEBHOOK_ALLOW = ["127.0.0.1"]
    hook = make_hook("http://127.0.0.1:9/")  # nobody listens there
    before, after = ("corrections", "0021_whole_spans"), ("corrections", "0022_failing_since")
    MigrationExecutor(connection).migrate([before])
    old = MigrationExecutor(connection).loader.project_state(before).apps.get_model("corrections", "Hook")
    old.objects.update(failures=40)

    MigrationExecutor(connection).migrate([after])
    hook.refresh_from_db()
    assert (hook.failures, hook.failing_since) == (40, None)
    call_command("migrate", verbosity=0)

    Delivery.objects.create(message_id="one", hook=hook, event="ping", subject=1, happened_at=NOW, next_try=NOW)
    tick()
    hook.refresh_from_db()
    assert (hook.failures, hook.enabled) == (41, True)
    assert hook.failing_since is not None

    Hook.objects.update(failing_since=hook.failing_since - DEAD_AFTER)
    wait_for_next_try(Delivery.objects.get())
    tick()
    assert not Hook.objects.get().enabled


def _derived(uid: uuid.UUID, generation: int, site_key: str) -> str:
    key = hmac.digest(site_key.encode(), b"corrigenda webhook secret v1", "sha256")
    return encode_secret(hmac.digest(key, uid.bytes + generation.to_bytes(4, "big"), "sha256"))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
