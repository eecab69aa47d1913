"""Triage: placed in what stands now, grouped by the changed words, exactly once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import F
from django.utils import timezone

from corrections.models import Case, Suggestion
from corrections.triage.pipeline import (
    LEASE,
    MAX_ATTEMPTS,
    claim_received,
    failed_suggestions,
    release_leases,
    retry_failed,
    triage_suggestion,
)
from corrections.triage.reanchoring import articles_to_reanchor, reanchor_article
from tests.support.databases import Database
from tests.support.factories import make_article, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def triaged(*suggestions: Suggestion) -> list[Case]:
    for suggestion in suggestions:
        triage_suggestion(suggestion.pk)
    return list(Case.objects.order_by("pk"))


def test_a_case_not_yet_moved_to_the_current_revision_takes_new_suggestions_all_the_same() -> None:
    article = make_article()
    [case] = triaged(make_suggestion(article))
    make_revision(article, find="14", put="15")

    assert triaged(make_suggestion(article)) == [case]
    case.refresh_from_db()
    assert (case.readers, case.anchored_in.number) == (2, 2)


def test_a_second_delivery_changes_nothing() -> None:
    suggestion = make_suggestion(make_article())

    assert triage_suggestion(suggestion.pk) is not None
    assert triage_suggestion(suggestion.pk) is None
    assert Case.objects.get().readers == 1


def test_workers_at_once_make_one_case_of_one_passage(committed_db: Database) -> None:
    article = make_article()
    suggestions = [make_suggestion(article) for _turn in range(8)]

    in_threads(lambda index: triage_suggestion(suggestions[index].pk), count=8)
    in_threads(lambda index: triage_suggestion(suggestions[index].pk), count=8)

    assert Case.objects.get().readers == 8


def test_two_dispatchers_never_claim_the_same(committed_db: Database) -> None:
    article = make_article()
    for _turn in range(12):
        make_suggestion(article)
    claimed: list[object] = []

    in_threads(lambda _index: claimed.extend(s.pk for s in claim_received(limit=5)), count=4)

    assert len(claimed) == len(set(claimed)) == 12


@pytest.mark.both_databases
def test_a_claim_is_a_lease() -> None:
    suggestion = make_suggestion(make_article())

    assert claim_received() == [suggestion]
    assert claim_received() == []
    release_leases([suggestion])
    assert claim_received() == [suggestion]
    Suggestion.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert claim_received() == [suggestion]


def test_a_suggestion_that_kills_its_worker_each_time_is_set_aside() -> None:
    suggestion = make_suggestion(make_article())
    Suggestion.objects.update(attempts=MAX_ATTEMPTS)

    assert claim_received() == []
    suggestion.refresh_from_db()
    assert suggestion.status == Suggestion.Status.FAILED


@pytest.mark.both_databases
def test_open_cases_follow_their_article() -> None:
    article = make_article()
    triaged(make_suggestion(article), make_suggestion(article, "three", "four", category="fact"))
    assert articles_to_reanchor() == []

    make_revision(article, find="recieve", put="soon receive")
    assert articles_to_reanchor() == [article.pk]
    assert reanchor_article(article) == 2
    assert reanchor_article(article) == 0

    first, second = Case.objects.order_by("pk")
    assert articles_to_reanchor() == []
    assert (second.anchor, second.anchored_in.number) == ("moved", 2)
    assert second.anchored_in.require_content().text[second.start : second.end] == "three"
    assert first.anchor in ("changed", "fixed")


def in_threads(work: Callable[[int], object], *, count: int) -> None:
    def run(index: int) -> None:
        try:
            work(index)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[index]) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(("seconds", "is_claimed"), [(1, False), (-1, True)])
def test_a_suggestion_is_claimed_again_only_when_its_lease_is_over(seconds: int, is_claimed: bool) -> None:
    suggestion = make_suggestion(make_article())
    Suggestion.objects.update(leased_until=timezone.now() + timedelta(seconds=seconds))
    assert claim_received() == ([suggestion] if is_claimed else [])


def test_tried_again_by_hand_a_suggestion_has_all_its_attempts_again() -> None:
    make_suggestion(make_article())
    Suggestion.objects.update(status="failed", attempts=MAX_ATTEMPTS, leased_until=timezone.now() + LEASE)

    assert (retry_failed(), retry_failed()) == (1, 0)

    attempts = 0
    while claim_received():
        attempts += 1
        # Its worker counts the attempt and dies.
        Suggestion.objects.update(attempts=F("attempts") + 1, leased_until=timezone.now() - LEASE)
    assert attempts == MAX_ATTEMPTS
    assert [each.status for each in failed_suggestions(10)] == ["failed"]


def test_each_attempt_is_counted_once() -> None:
    suggestion = make_suggestion(make_article())
    for _turn in range(2):
        triage_suggestion(suggestion.pk)
    suggestion.refresh_from_db()
    assert suggestion.attempts == 1
