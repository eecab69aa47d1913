"""A reader takes a suggestion back while workers and editors are at the same rows."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connections, transaction

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Kind
from newsroom.publishing.publish import AlreadyDecided, lock_article
from tests.support.databases import Database
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WAIT = 0.4  # seconds in which a thread that is not held up would long have finished


def triaged(article: Article) -> Suggestion:
    suggestion = make_suggestion(article)
    assert triage_suggestion(suggestion.pk)
    return suggestion


def test_taken_back_while_workers_triage(committed_db: Database) -> None:
    article = make_article()
    suggestions = [make_suggestion(article) for _turn in range(6)]
    triage = [partial(triage_suggestion, each.pk) for each in suggestions]
    withdraw = [partial(withdraw_suggestion, each) for each in suggestions[:3]]

    assert at_once([*triage, *withdraw]) == []

    assert Suggestion.objects.live().count() == 3
    assert Case.objects.open().get().readers == 3
    assert not Suggestion.objects.filter(status=Suggestion.Status.RECEIVED).exists()
    for case in Case.objects.all():
        assert case.readers == case.suggestions.live().count()


def test_the_last_readers_of_a_case_leave_it_together(committed_db: Database) -> None:
    article = make_article()
    suggestions = [triaged(article) for _turn in range(4)]

    assert at_once([partial(withdraw_suggestion, each) for each in suggestions]) == []

    case = Case.objects.get()
    assert (case.readers, case.state) == (0, Case.State.WITHDRAWN)
    assert case.history.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_of_taking_back_and_publishing_one_comes_first(committed_db: Database, turn: int) -> None:
    article, by = make_article(), make_editor()
    suggestion = triaged(article)
    case, base = Case.objects.get(article=article), current_revision(article)
    composed = compose(base, [Edit(case, "receive")])
    publish = partial(publish_cases, [case], by=by, base=base, composed=composed, kind=Kind.TYPO)

    lost = at_once([publish, partial(withdraw_suggestion, suggestion)])

    case.refresh_from_db()
    suggestion.refresh_from_db()
    was_published = case.state == Case.State.PUBLISHED
    assert [type(error) for error in lost] == [AlreadyDecided]
    assert case.state in (Case.State.PUBLISHED, Case.State.WITHDRAWN)
    assert current_revision(article).number == (2 if was_published else 1)
    assert (suggestion.withdrawn_at is None) == was_published
    assert case.readers == int(was_published)


def test_taking_back_waits_for_triage_and_sees_who_came_in(committed_db: Database) -> None:
    article = make_article()
    suggestion, other = triaged(article), make_suggestion(article)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_article(article)
            taking_back = pool.submit(alone, partial(withdraw_suggestion, suggestion))
            with pytest.raises(TimeoutError):
                taking_back.result(timeout=WAIT)
            triage_suggestion(other.pk)
        taking_back.result(timeout=20)

    case = Case.objects.get()
    assert (case.state, case.readers) == (Case.State.OPEN, 1)
    assert list(case.suggestions.live()) == [other]


def test_taking_back_waits_for_an_editor_and_comes_too_late(committed_db: Database) -> None:
    article = make_article()
    suggestion = triaged(article)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_article(article)
            taking_back = pool.submit(alone, partial(withdraw_suggestion, suggestion))
            with pytest.raises(TimeoutError):
                taking_back.result(timeout=WAIT)
            decline_case(Case.objects.get(), by=make_editor(), reason="It is right as it stands.")
        assert isinstance(taking_back.exception(timeout=20), AlreadyDecided)

    suggestion.refresh_from_db()
    assert suggestion.withdrawn_at is None
    assert Case.objects.get().state == Case.State.DECLINED


def alone(work: Callable[[], object]) -> None:
    """Do it in a thread, and leave no connection behind."""
    try:
        work()
    finally:
        connections.close_all()


def at_once(works: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Run them in threads that start together; what they raised."""
    together = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        together.wait(timeout=30)
        alone(work)

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(run, work) for work in works]
    return [error for future in futures if (error := future.exception())]
