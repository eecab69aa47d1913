"""An editor is told of what others did, in its transaction, and never of their own doing."""

import pytest

from corrections.decisions.outcomes import ask_readers, assign_case, claim_case
from corrections.decisions.pending import decide, execute_decision
from corrections.models import Case, Notification
from corrections.suggestions.answer import answer_question
from newsroom.models import Editor
from tests.support.desk_page import Desk, make_case, pass_the_time
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(make_article())


def told(editor: Editor) -> list[tuple[str, Editor | None]]:
    rows = Notification.objects.filter(recipient=editor).select_related("by").order_by("pk")
    return [(row.kind, row.by) for row in rows]


@pytest.mark.both_databases
def test_a_case_handed_over_is_told_once_it_is_carried_out(case: Case) -> None:
    desk, other = Desk(waits=False), make_editor()
    assert desk.decide(case, "assign", to=str(other.pk)).status_code == 302
    assert told(other) == []
    pass_the_time()
    assert told(other) == [("handed_over", desk.editor)]
    assert told(desk.editor) == []


def test_handing_a_case_to_oneself_or_to_nobody_tells_nobody(case: Case) -> None:
    editor = make_editor()
    assign_case(case, by=editor, to=editor)
    assign_case(case, by=editor, to=None)
    assert not Notification.objects.exists()


def test_an_answer_is_told_to_who_asked_and_to_who_has_the_case_in_hand(case: Case) -> None:
    asker, holder, other = make_editor(), make_editor(), make_editor()
    ask_readers(case, by=asker, question="Where?")
    Case.objects.filter(pk=case.pk).update(assignee=holder)
    answer_question(case.suggestions.get(), text="In the minutes.")
    assert told(asker) == told(holder) == [("answered", None)]
    assert told(other) == []


def test_an_answer_to_one_who_asked_and_holds_the_case_is_told_once(case: Case) -> None:
    asker = make_editor()
    claim_case(case, by=asker)
    ask_readers(case, by=asker, question="Where?")
    answer_question(case.suggestions.get(), text="In the minutes.")
    assert told(asker) == [("answered", None)]


def test_a_decision_that_came_back_is_told_to_its_editor(case: Case) -> None:
    desk = Desk(waits=False)
    assert desk.decide(case, "publish").status_code == 302
    make_revision(case.article, find="recieve", put="receives")
    pass_the_time()
    assert told(desk.editor) == [("sent_back", None)]


def test_a_decision_that_is_carried_out_tells_its_editor_nothing(case: Case) -> None:
    editor = make_editor()
    decision = decide("decline", [case], by=editor, payload={"reason": "It reads right."}, typed={})
    execute_decision(decision)
    assert not Notification.objects.exists()


def test_opening_the_page_of_a_case_reads_what_is_new_about_it_and_nothing_else(case: Case) -> None:
    desk, another = Desk(), make_case(make_article())
    for each in (case, another):
        assign_case(each, by=make_editor(), to=desk.editor)
    assign_case(case, by=make_editor(), to=(colleague := make_editor()))
    assert desk.open(case).status_code == 200
    assert [row.case for row in Notification.objects.unread().filter(recipient=desk.editor)] == [another]
    assert Notification.objects.unread().filter(recipient=colleague).count() == 1


def test_what_comes_while_the_page_is_open_stays_new(case: Case) -> None:
    desk = Desk()
    desk.open(case)
    assign_case(case, by=make_editor(), to=desk.editor)
    assert desk.client.post(f"/admin/corrections/case/{case.pk}/presence/").status_code == 200
    assert Notification.objects.unread().filter(recipient=desk.editor).count() == 1
