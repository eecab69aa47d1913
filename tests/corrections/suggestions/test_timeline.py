"""What a reader is told of their suggestion's way, in plain words and in the order of time."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from corrections.decisions.merge_split import merge_cases, split_case
from corrections.decisions.outcomes import ask_readers, assign_case, close_as_fixed, decline_case, hold_case, mark_spam
from corrections.models import Case, Suggestion
from corrections.privacy.retention import RETENTION_PERIOD, purge_personal_data
from corrections.privacy.withdrawal import erase_reader, withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.timeline import timeline_of
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.mailbox import make_reader
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
SENT = ["You sent your suggestion.", "Our editors have it."]
ASKED = "An editor asked you a question."


@pytest.fixture
def article() -> Article:
    return make_article()


def triaged(article: Article, *sent: Any, **more: Any) -> Suggestion:
    suggestion = make_suggestion(article, *sent, **more)
    triage_suggestion(suggestion.pk)
    return fresh(suggestion)


def fresh(suggestion: Suggestion) -> Suggestion:
    return Suggestion.objects.select_related("case__published_in", "merged_from", "article").get(pk=suggestion.pk)


def case_of(suggestion: Suggestion) -> Case:
    case = fresh(suggestion).case
    assert case
    return case


def told(suggestion: Suggestion) -> list[str]:
    story = timeline_of(fresh(suggestion))
    assert [each.at for each in story] == sorted(each.at for each in story)
    return [f"{each.sentence} {each.words}".strip() for each in story]


def test_it_begins_with_what_the_reader_did(article: Article) -> None:
    suggestion = make_reader(article)
    assert told(suggestion) == [SENT[0], "You confirmed your e-mail address."]
    triage_suggestion(suggestion.pk)
    assert told(suggestion)[-1] == SENT[1]


def test_the_first_look_is_told_to_those_who_waited_for_it(article: Article) -> None:
    early = triaged(article)
    Desk().open(case_of(early))
    late = triaged(article, "recieve", "get")

    assert told(early) == [*SENT, "An editor looked at it."]
    assert told(late) == SENT


@pytest.mark.both_databases
def test_questions_and_answers_are_kept_in_turn(article: Article) -> None:
    suggestion, by = triaged(article), make_editor()
    ask_readers(case_of(suggestion), by=by, question="Which page?")
    assert told(suggestion) == [*SENT, ASKED]
    answer_question(fresh(suggestion), text="The first.")
    ask_readers(case_of(suggestion), by=by, question="And which line?")

    first = ["An editor asked: Which page?", "You answered: The first."]
    assert told(suggestion) == [*SENT, *first, ASKED]
    answer_question(fresh(suggestion), text="The third.")
    assert told(suggestion) == [*SENT, *first, "An editor asked: And which line?", "You answered: The third."]


def test_a_question_from_before_a_reader_came_is_told_only_while_it_waits(article: Article) -> None:
    early, by = triaged(article), make_editor()
    ask_readers(case_of(early), by=by, question="Which page?")
    late = triaged(article, "recieve", "get")
    assert told(late) == [*SENT, ASKED]
    answer_question(fresh(early), text="The first.")
    Suggestion.objects.filter(pk=late.pk).update(answered_at=None)

    assert told(late) == SENT


def test_asked_once_more_in_the_same_words_is_one_question(article: Article) -> None:
    suggestion, by = triaged(article), make_editor()
    for _turn in range(2):
        ask_readers(case_of(suggestion), by=by, question="Which page?")
    assert told(suggestion) == [*SENT, ASKED]


@pytest.mark.both_databases
def test_merging_takes_the_questions_along(article: Article) -> None:
    moved, target, by = triaged(article, "three", "four"), make_case(article), make_editor()
    ask_readers(case_of(moved), by=by, question="Who counted?")
    answer_question(fresh(moved), text="I did.")
    merge_cases(target, [case_of(moved)], by=by)
    ask_readers(case_of(moved), by=by, question="When?")

    assert told(moved) == [
        *SENT,
        "An editor asked: Who counted?",
        "You answered: I did.",
        "An editor joined it with others about the same thing.",
        ASKED,
    ]


def test_what_waits_in_the_other_case_is_asked_from_the_merge_on(article: Article) -> None:
    moved, there, by = triaged(article, "three", "four"), triaged(article), make_editor()
    ask_readers(case_of(there), by=by, question="Which page?")
    answer_question(fresh(there), text="The first.")
    ask_readers(case_of(there), by=by, question="And which line?")
    merge_cases(case_of(there), [case_of(moved)], by=by)

    together = "An editor joined it with others about the same thing."
    assert told(moved) == [*SENT, together, ASKED]
    answer_question(fresh(moved), text="The third.")
    assert told(moved) == [*SENT, together, "An editor asked: And which line?", "You answered: The third."]


def test_splitting_keeps_what_was_answered(article: Article) -> None:
    stays, goes, by = triaged(article), triaged(article, "recieve", "get"), make_editor()
    ask_readers(case_of(goes), by=by, question="Which page?")
    answer_question(fresh(goes), text="The first.")
    chosen = list(Suggestion.objects.select_related("read_in__stored_text").filter(pk=goes.pk))
    split_case(case_of(goes), chosen, by=by)

    assert case_of(stays).pk != case_of(goes).pk
    assert told(goes) == [*SENT, "An editor asked: Which page?", "You answered: The first."]


def test_what_stays_inside_the_desk_is_not_told(article: Article) -> None:
    suggestion, by = triaged(article), make_editor()
    hold_case(case_of(suggestion), by=by, until=timezone.now() + timedelta(days=1))
    assign_case(case_of(suggestion), by=by, to=by)
    Desk().decide(case_of(suggestion), "propose", kind="correction", note="We wrote “recieve”, not “receive”.")
    assert case_of(suggestion).state == Case.State.PROPOSED

    assert [each for each in told(suggestion) if each not in SENT] == ["An editor looked at it."]


def test_each_end_has_its_sentence(article: Article) -> None:
    by = make_editor()
    published, declined, fixed, spam = (
        triaged(article, exact, "x") for exact in ("recieve", "three", "Tuesday", "council")
    )
    decline_case(case_of(declined), by=by, reason="No.")
    close_as_fixed(case_of(fixed), by=by)
    mark_spam(case_of(spam), by=by)
    Desk().decide(case_of(published), "publish", kind="clarification", note="“recieve” is now “x”.")

    assert told(published)[-1] == "The change was published, in version 2 of the article."
    assert told(declined) == [*SENT, "An editor decided to leave the article as it is."]
    assert told(spam) == told(declined)
    assert told(fixed)[-1] == "An editor saw that the article is right already."


def test_the_machine_tells_an_edit_in_the_meantime_from_one_before(article: Article) -> None:
    waiting, late = triaged(article), make_suggestion(article, "recieve", "receive")
    make_revision(article, find="recieve", put="receive")
    reanchor_article(article)
    triage_suggestion(late.pk)

    assert told(waiting)[-1] == "The article was edited meanwhile, and reads as you suggested."
    assert told(late)[-1] == "The article already read as you suggested."


def test_after_taking_it_back_nothing_of_the_case_is_told(article: Article) -> None:
    gone, stays, by = triaged(article), triaged(article), make_editor()
    withdraw_suggestion(fresh(gone))
    ask_readers(case_of(stays), by=by, question="Which page?")
    decline_case(case_of(stays), by=by, reason="No.")

    assert told(gone) == [*SENT, "You took it back."]


def test_erasing_leaves_the_way_and_takes_the_words(article: Article) -> None:
    suggestion = triaged(article)
    ask_readers(case_of(suggestion), by=make_editor(), question="Which page?")
    answer_question(fresh(suggestion), text="The first.")
    erase_reader(fresh(suggestion))

    assert told(suggestion)[-1] == "What it said about you was erased."
    assert "The first." not in " ".join(told(suggestion))


@pytest.mark.both_databases
def test_what_the_nightly_purge_leaves_can_still_be_told(article: Article) -> None:
    suggestion, by = triaged(article), make_editor()
    ask_readers(case_of(suggestion), by=by, question="Which page, Ada?")
    answer_question(fresh(suggestion), text="The first.")
    decline_case(case_of(suggestion), by=by, reason="No.")
    ago = timezone.now() - RETENTION_PERIOD - timedelta(days=1)
    Case.objects.update(decided_at=ago)
    Suggestion.objects.update(received_at=ago, triaged_at=ago)
    purge_personal_data()

    assert "Ada" not in " ".join(told(suggestion))
    assert {ASKED, "An editor decided to leave the article as it is."} < set(told(suggestion))
