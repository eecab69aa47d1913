"""Decisions about the cases chosen in the list: each by itself, and whatever was left is named."""

from typing import Any

import pytest

from corrections.decisions.outcomes import claim_case, decline_case
from corrections.decisions.pending import pending_decisions
from corrections.models import Case, Decision, Reason
from newsroom.accounts.roles import AUDITOR
from newsroom.presence.editors import Subject, mark_present
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case, messages, pass_the_time
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
WORDS = ("council", "report", "Tuesday", "bridges")


@pytest.fixture
def cases() -> list[Case]:
    return [make_case(make_article(), word, word.upper(), category="fact") for word in WORDS]


def choose(desk: Desk, decision: str, cases: list[Case], **typed: str) -> Any:
    page = tree(desk.client.get(LIST))
    tickets = [box.get("value") for box in page.xpath("//input[@name='cases'][@form='chosen']")]
    chosen = [ticket for case in cases for ticket in tickets if ticket.startswith(f"{case.pk}:")]
    assert len(chosen) == len(cases)
    return desk.client.post(f"{LIST}chosen/?kind=fact", {"cases": chosen, "decision": decision, **typed})


@pytest.mark.both_databases
def test_each_is_decided_by_itself_and_undone_by_itself(cases: list[Case]) -> None:
    desk = Desk()
    usual = Reason.objects.filter(language="en").first()
    assert usual
    answer = choose(desk, "decline", cases[:3], canned=str(usual.pk))
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?kind=fact")
    assert Decision.objects.filter(batch=None, state="pending").count() == 3
    shown = tree(desk.client.get(LIST)).xpath("//*[@data-undo]//form/@action")
    assert len(shown) == 4  # all of them, and each
    desk.client.post(shown[1].partition("#")[0])
    pass_the_time()
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states == ["declined", "declined", "open", "open"]
    assert set(Case.objects.filter(state="declined").values_list("reason", flat=True)) == {usual.text}


def test_all_that_can_be_undone_is_undone_with_one_press(cases: list[Case]) -> None:
    desk = Desk()
    choose(desk, "hold", cases, preset="tomorrow", why="waits for the mayor")
    assert len(pending_decisions(desk.editor)) == 4
    desk.client.post(f"{LIST}undo/")
    assert "Undone: 4 cases." in messages(desk)
    assert set(Case.objects.values_list("state", "hold_reason")) == {("open", "")}


def test_what_is_refused_stays_as_it_was_and_is_named_with_its_reason(cases: list[Case]) -> None:
    desk, other = Desk(), make_editor(public_name="Mara Lind")
    free, decided, claimed, opened = cases
    page = tree(desk.client.get(LIST))
    tickets = page.xpath("//input[@name='cases']/@value")
    decline_case(decided, by=other, reason="It is right.")
    claim_case(claimed, by=other)
    mark_present(Subject("case", opened.pk), other)
    desk.client.post(f"{LIST}chosen/", {"cases": tickets, "decision": "decline", "reason": "All is right."})
    told = messages(desk)
    assert told.count("Mara Lind is working on it") == 2
    assert f"Case {decided.pk}" in told
    assert f"Case {free.pk}" not in told
    pass_the_time()
    free.refresh_from_db()
    assert (free.state, free.reason) == ("declined", "All is right.")
    assert {Case.objects.get(pk=case.pk).state for case in (claimed, opened)} == {"open"}


def test_a_reason_in_another_language_is_refused_for_that_case_alone(cases: list[Case]) -> None:
    german = make_case(make_article(language="de"), "three", "four", category="fact")
    desk, usual = Desk(), Reason.objects.filter(language="en").first()
    assert usual
    choose(desk, "decline", [*cases[:1], german], canned=str(usual.pk))
    told = messages(desk)
    assert f"Case {german.pk}" in told
    assert "in another language" in told
    pass_the_time()
    german.refresh_from_db()
    assert german.state == "open"
    assert Case.objects.get(pk=cases[0].pk).state == "declined"


def test_where_the_form_is_wrong_nothing_is_decided_and_the_choice_stays(cases: list[Case]) -> None:
    desk = Desk()
    answer = choose(desk, "decline", cases[:2])
    assert answer.status_code == 422
    page = tree(answer)
    assert len(page.xpath("//input[@name='cases'][@checked]")) == 2
    assert "Choose a reason or write one" in page.text_content()
    assert not Decision.objects.exists()


def test_cases_are_handed_over_and_taken(cases: list[Case]) -> None:
    desk, colleague = Desk(), make_editor()
    choose(desk, "claim", cases[:2])
    assert set(Case.objects.filter(assignee=desk.editor).values_list("pk", flat=True)) == {c.pk for c in cases[:2]}
    choose(desk, "assign", cases, to=str(colleague.pk))
    pass_the_time()
    assert Case.objects.filter(assignee=colleague).count() == 4


def test_who_may_not_decide_has_no_boxes_and_is_refused(cases: list[Case]) -> None:
    desk = Desk(group=AUDITOR)
    assert not tree(desk.client.get(LIST)).xpath("//input[@name='cases']")
    sent = {"cases": [f"{cases[0].pk}:open"], "decision": "decline", "reason": "No."}
    assert desk.client.post(f"{LIST}chosen/", sent).status_code == 403
    assert Desk().client.post(f"{LIST}chosen/", {**sent, "decision": "publish"}).status_code == 400
    for strange in ("", "x:open", "99999999999999999999:open", "²:open", f"{cases[0].pk}"):
        Desk().client.post(f"{LIST}chosen/", {**sent, "cases": [strange]})
    assert not Decision.objects.exists()


def test_the_number_of_queries_of_the_list_stays_in_its_bound(
    cases: list[Case], django_assert_max_num_queries: Any
) -> None:
    desk = Desk()
    choose(desk, "hold", cases, preset="tomorrow")
    with django_assert_max_num_queries(30):
        assert desk.client.get(LIST).status_code == 200
