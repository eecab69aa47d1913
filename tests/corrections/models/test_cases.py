"""What the database refuses of a case, and which cases a queryset leaves."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from corrections.models import Case
from tests.support.databases import Database
from tests.support.desk_page import make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"start": 5, "end": 4}, "case_span_is_whole"),
        ({"start": None, "end": 5}, "case_span_is_whole"),
        ({"start": 5, "end": None}, "case_span_is_whole"),
        ({"state": "published"}, "case_published_names_revision"),
        ({"state": "declined", "reason": ""}, "case_declined_says_why"),
        ({"state": "held"}, "case_held_says_until"),
        ({"state": "asked"}, "case_asked_has_question"),
        ({"state": "merged"}, "case_merged_says_where"),
        ({"state": "decided"}, "case_decided_says_what"),
    ],
)
def test_the_database_refuses_half_a_state(change: dict[str, Any], constraint: str) -> None:
    case = make_case(make_article())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)
    assert Case.objects.get().state == "open"


@pytest.mark.both_databases
def test_half_a_passage_from_an_earlier_version_is_none_after_the_migration(committed_db: Database) -> None:
    case = make_case(make_article())
    MigrationExecutor(connection).migrate([("corrections", "0020_encrypted_webhooks")])
    Case.objects.filter(pk=case.pk).update(start=5, end=None)

    now = MigrationExecutor(connection)
    now.migrate(now.loader.graph.leaf_nodes("corrections"))
    case.refresh_from_db()
    assert (case.start, case.end, case.change_start, case.anchor) == (None, None, None, "unplaced")


def test_an_empty_passage_has_a_place() -> None:
    case = make_case(make_article())
    assert Case.objects.filter(pk=case.pk).update(start=5, end=5) == 1


def test_open_cases_are_those_without_an_end_and_waiting_ones_those_to_decide_now() -> None:
    article = make_article()
    words = ("council", "report", "Tuesday")
    waits, asked, spam = (make_case(article, word, f"{word}a") for word in words)
    Case.objects.filter(pk=asked.pk).update(state="asked", question="Which?")
    Case.objects.filter(pk=spam.pk).update(state="spam")

    assert set(Case.objects.open()) == {waits, asked}
    assert set(Case.objects.waiting()) == {waits}
