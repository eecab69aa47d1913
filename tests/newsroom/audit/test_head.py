"""The head that every page's ETag and cache go by: what moves it, and how often the database is asked."""

from datetime import datetime

import pytest
from django.db import OperationalError, connection
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from newsroom.audit import head
from newsroom.audit.log import append_act
from newsroom.models import AuditHead, PublicChanges

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is asked once a second, as in production; no second goes by in the test."""
    monkeypatch.setattr(head, "SECONDS", 1000.0)
    head.forget_head()


def act() -> datetime:
    return append_act("decline_case", subject="article:a", by=None, payload={}).at


def test_the_head_is_named_by_the_chain_and_by_what_no_act_records() -> None:
    before = head.current_head()
    assert before.name == f"{AuditHead.objects.get().hash}:{PublicChanges.objects.get().count}"
    at = act()
    acted = head.current_head()
    assert (acted.name, acted.since) == (f"{AuditHead.objects.get().hash}:0", at)
    head.note_public_change()
    changed = head.current_head()
    assert changed.name == f"{AuditHead.objects.get().hash}:1"
    assert changed.since == PublicChanges.objects.get().changed_at
    assert len({before.name, acted.name, changed.name}) == 3


def test_what_was_never_changed_stands_since_the_process_began() -> None:
    assert head.current_head().since == head.STARTED


def test_the_database_is_asked_once_until_the_head_is_forgotten(
    kept: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        first = head.current_head()
        assert head.current_head() == first
    act()
    assert head.current_head() == first
    head.forget_head()
    assert head.current_head() != first


def test_who_publishes_sees_the_new_head_once_it_is_committed(
    kept: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = head.current_head()
    for change in (act, head.note_public_change):
        with django_capture_on_commit_callbacks(execute=True):
            change()
            assert head.current_head() == before
        after = head.current_head()
        assert after != before
        before = after


def test_while_the_database_is_away_the_last_head_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    before = head.current_head()
    with connection.execute_wrapper(_away):
        assert head.current_head() == before
        head.forget_head()
        with pytest.raises(OperationalError):
            head.current_head()
    assert head.current_head() == before


def _away(*_arguments: object) -> None:
    raise OperationalError
