"""The drill's own checks can fail: each broken promise is found and named."""

from collections.abc import Callable

import pytest
from django.db import transaction

from benchmarks.drill.checks import broken_promises
from benchmarks.drill.journal import Answer, Journal
from benchmarks.drill.witness import call_witness
from corrections.models import Case, Suggestion
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Kind
from tests.support import tampering as attackers
from tests.support.databases import Database
from tests.support.factories import make_article, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db(transaction=True)
KEY, ANOTHER = "3f0c" * 4, "77aa" * 4


@pytest.fixture
def journal(committed_db: Database) -> Journal:
    """One suggestion, sent and triaged; one update of an editor; the head that readers kept."""
    call_witness()
    journal, article = Journal(), make_article(slug="bridges")
    suggestion = make_suggestion(article, key=KEY)
    triage_suggestion(suggestion.pk)
    revision = make_revision(article, find="three", put="four", note="Four are closed.", kind=Kind.CORRECTION)
    journal.note_sent(KEY, "receive")
    journal.acknowledge(KEY, str(suggestion.pk))
    journal.note_published("bridges", "of which four are closed")
    journal.note_head(f"2:{attackers.hash_of(2)}")
    assert (revision.number, list(broken_promises(journal))) == (2, [])
    return journal


def forget_the_suggestion() -> None:
    Suggestion.objects.all().delete()
    Case.objects.update(readers=0)


def change_its_words() -> None:
    Suggestion.objects.update(replacement="recieved")


def store_it_twice() -> None:
    make_suggestion(Article.objects.get(), key=ANOTHER)
    triage_suggestion(Suggestion.objects.get(status=Suggestion.Status.RECEIVED).pk)


def leave_it_waiting() -> None:
    Suggestion.objects.update(status=Suggestion.Status.RECEIVED, case=None, triaged_at=None)


def triage_it_again() -> None:
    leave_it_waiting()
    triage_suggestion(Suggestion.objects.get().pk)


def count_it_twice() -> None:
    Case.objects.update(readers=2)


def lose_an_act() -> None:
    attackers.drop_guards()
    attackers.run("DELETE FROM newsroom_act WHERE sequence = 2")


def lose_an_update() -> None:
    article = Article.objects.get()
    make_revision(article, find="four", put="five", note="Five.", kind=Kind.CORRECTION)


def forge_the_past() -> None:
    attackers.drop_guards()
    with transaction.atomic():
        attackers.run("UPDATE newsroom_act SET actor_name = 'x' WHERE sequence = 1")
        attackers.make_consistent()


BREACHES: list[tuple[Callable[[], None], str]] = [
    (forget_the_suggestion, "was acknowledged and is not stored"),
    (change_its_words, "is not stored as it was sent"),
    (store_it_twice, "1 suggestions are stored that nobody of the drill sent"),
    (leave_it_waiting, "1 suggestions are still received"),
    (triage_it_again, "was triaged 2 times"),
    (count_it_twice, "counts 2 readers and holds 1 suggestions"),
    (lose_an_act, "bridges: 2 revisions, the last is 2, 1 acts published them"),
    (lose_an_update, "bridges: the sentence 'of which four are closed' was published and is lost"),
    (forge_the_past, "head 2: "),
]


@pytest.mark.parametrize(("breach", "sentence"), BREACHES, ids=[breach.__name__ for breach, _sentence in BREACHES])
def test_a_broken_promise_is_named(journal: Journal, breach: Callable[[], None], sentence: str) -> None:
    breach()

    found = list(broken_promises(journal))
    assert any(sentence in line for line in found), found


def test_two_answers_to_one_key_break_a_promise() -> None:
    journal = Journal()
    journal.acknowledge(KEY, "1")
    journal.acknowledge(KEY, "1")
    assert journal.broken == []
    journal.acknowledge(KEY, "2")
    assert journal.broken == [f"key {KEY} was answered with two suggestions"]


def test_the_median_is_that_of_the_answers_while_the_fault_lasted() -> None:
    journal = Journal()
    journal.note_spell("broker down", 10.0, 20.0)
    for at, seconds, status in ((9.0, 9.0, 202), (10.0, 0.1, 202), (15.0, 0.3, 503), (19.0, 5.0, 0), (19.5, 0.2, 202)):
        journal.note_post(Answer(at, seconds, status))

    assert journal.median_during("broker down") == 200
    assert journal.median_during("broker hung") is None
