"""Every answer of a reader stays beside its question: at the desk, in the export, through the move to its own rows."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone

from corrections.decisions.outcomes import ask_readers
from corrections.models import Case, Reply, Suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Editor
from tests.support.admin_page import tree
from tests.support.databases import Database
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor

BEFORE = ("corrections", "0016_fewer_indexes")


def asked_twice(by: Editor) -> Case:
    case = make_case(make_article())
    for question, text in (("Which page?", "The first."), ("And which line?", "The third.")):
        ask_readers(Case.objects.get(pk=case.pk), by=by, question=question)
        answer_question(Suggestion.objects.select_related("article").get(case=case), text=text)
    return case


@pytest.mark.django_db
def test_the_desk_sees_both_answers_with_their_questions() -> None:
    desk = Desk()
    page = tree(desk.open(asked_twice(desk.editor)))
    [remarks] = page.xpath("//ul[@class='desk-remarks']/li")
    shown = " ".join(remarks.text_content().split())
    assert "Which page? Answer: The first. And which line? Answer: The third." in shown


@pytest.mark.django_db
def test_an_answer_loses_what_nobody_sees() -> None:
    case = make_case(make_article())
    ask_readers(case, by=make_editor(), question="Which page?")
    answer_question(Suggestion.objects.select_related("article").get(case=case), text="\u202eThe first.\u200b\r\n")
    assert Reply.objects.get().text == "The first."


@pytest.mark.django_db
def test_the_export_holds_both_answers_with_their_questions() -> None:
    case = asked_twice(make_editor())
    token = status_token(case.suggestions.get().pk)
    answers = Client().get(f"/api/suggestions/{token}/export").json()["stored"]["answers"]
    assert [(each["question"], each["text"]) for each in answers] == [
        ("Which page?", "The first."),
        ("And which line?", "The third."),
    ]


@pytest.mark.both_databases
def test_an_answer_from_before_moves_to_a_row_of_its_own(committed_db: Database) -> None:
    case = make_case(make_article())
    ask_readers(case, by=make_editor(), question="Which page?")
    moment = timezone.now()
    MigrationExecutor(connection).migrate([BEFORE])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE corrections_suggestion SET answer = 'The first.', answered_at = %s", [moment])

    forward = MigrationExecutor(connection)
    forward.migrate(forward.loader.graph.leaf_nodes())

    reply = Reply.objects.get()
    assert (reply.question, reply.text, reply.sent_at) == ("Which page?", "The first.", moment)
    assert reply.suggestion == Suggestion.objects.get()
