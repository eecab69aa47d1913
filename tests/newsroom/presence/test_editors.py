"""Presence: editors who have the same thing open see each other, for seconds and nowhere else."""

from typing import Any

import pytest

from newsroom.operations import heartbeat
from newsroom.presence import editors
from newsroom.presence.editors import Subject, mark_absent, mark_present, others_present
from tests.conftest import Broker
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db


def test_others_are_seen_last_come_first_until_they_leave(broker: Broker) -> None:
    first, second, third = (make_editor() for _each in range(3))
    draft = Subject("draft", 7)
    for editor in (first, second):
        mark_present(draft, editor)
    assert others_present(draft, third) == [second, first]
    assert others_present(draft, second) == [first]
    assert others_present(Subject("draft", 8), third) == []
    assert others_present(Subject("case", 7), third) == []
    mark_absent(draft, first)
    assert others_present(draft, third) == [second]


def test_who_gives_no_sign_of_life_is_gone(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_editor(), make_editor()
    mark_present(Subject("draft", 9), first)
    monkeypatch.setattr(editors, "SECONDS", -1)
    assert others_present(Subject("draft", 9), second) == []


def test_without_redis_nobody_is_there_and_nothing_fails(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    heartbeat.broker_client.cache_clear()
    try:
        mark_present(Subject("draft", 7), make_editor())
        mark_absent(Subject("draft", 7), make_editor())
        assert others_present(Subject("draft", 7), make_editor()) == []
    finally:
        heartbeat.broker_client.cache_clear()
