"""A decision can be undone for ten seconds, and is then carried out, or comes back with what the editor wrote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.decisions.pending import decide, due_decisions, pending_decisions
from corrections.models import Case, Decision
from corrections.suggestions.reader_status import suggestion_status
from newsroom.models import Act, Article
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import LIST, Desk, address_of, make_case, messages, pass_the_time, tick, typing_in
from tests.support.factories import current_revision, make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def desk() -> Desk:
    return Desk(waits=False)


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def undo(desk: Desk, decision: Decision | None = None) -> object:
    return desk.client.post(f"{LIST}undo/{(decision or Decision.objects.get()).pk}/")


@pytest.mark.both_databases
def test_a_decision_waits_ten_seconds_and_is_then_carried_out(article: Article, desk: Desk) -> None:
    case = make_case(article)
    desk.decide(case, "publish")
    assert (state_of(case), current_revision(article).number) == ("decided", 1)
    assert suggestion_status(case.suggestions.get()).status == "in_review"

    tick()
    assert state_of(case) == "decided"
    Decision.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    tick()

    assert (state_of(case), current_revision(article).number) == ("published", 2)
    decision = Decision.objects.get()
    assert (decision.state, decision.payload, decision.typed) == ("carried_out", {}, {})
    tick()
    assert current_revision(article).number == 2


@pytest.mark.both_databases
def test_what_is_undone_leaves_no_trace_in_the_record(article: Article, desk: Desk) -> None:
    case = make_case(article)
    acts = Act.objects.count()
    desk.decide(case, "decline", reason="The word is right.")

    undo(desk)
    pass_the_time()

    assert (state_of(case), case.reason, case.decided_by) == ("open", "", None)
    assert Act.objects.count() == acts
    assert "Undone" in messages(desk)


def test_it_is_too_late_once_it_was_carried_out(article: Article, desk: Desk) -> None:
    case = make_case(article)
    desk.decide(case, "fixed")
    pass_the_time()
    undo(desk)
    assert state_of(case) == "already_fixed"
    assert "Too late" in messages(desk)


def test_nobody_undoes_what_another_editor_decided(article: Article, desk: Desk) -> None:
    case = make_case(article)
    desk.decide(case, "spam")
    answer = Desk().client.post(f"{LIST}undo/{Decision.objects.get().pk}/")
    assert answer.status_code == 404
    assert state_of(case) == "decided"


@pytest.mark.both_databases
def test_a_stale_decision_gives_the_case_back_with_what_the_editor_wrote(article: Article, desk: Desk) -> None:
    case = make_case(article)
    desk.decide(case, "edit", wording="be handed", kind="clarification", note="It is handed over.")
    make_revision(article, find="recieve", put="obtain")

    pass_the_time()

    assert (state_of(case), current_revision(article).number) == ("open", 2)
    page = desk.open(case)
    [box] = tree(page).xpath("//div[@class='desk-alert' and @role='alert']")
    assert "be handed" in box.text_content()
    assert "It is handed over." in box.text_content()
    typed = {name: typing_in(page, "edit", name) for name in ("wording", "note", "kind")}
    assert typed == {"wording": "be handed", "note": "It is handed over.", "kind": "clarification"}
    assert desk.decide(case, "edit").status_code == 302


@pytest.mark.both_databases
def test_a_stale_edit_of_the_article_comes_back_as_it_was_written(article: Article, desk: Desk) -> None:
    case = make_case(article)
    body = current_revision(article).require_content().body
    mine = body.replace("recieve", "be handed") + "<p>It was late.</p>"
    desk.send(desk.open(case, "?whole=1"), "edit-article", body=mine, kind="clarification", note="It is handed over.")
    make_revision(article, find="recieve", put="obtain")
    make_revision(article, find="Tuesday", put="Monday")

    pass_the_time()

    assert (state_of(case), current_revision(article).number) == ("open", 3)
    page = desk.open(case)
    typed = {name: typing_in(page, "edit-article", name) for name in ("body", "note", "kind", "base")}
    both = mine.replace("Tuesday", "Monday")
    assert typed == {"body": both, "note": "It is handed over.", "kind": "clarification", "base": "3"}
    assert "edit" in buttons(desk.open(case, "?whole=0"))


def test_while_it_can_be_undone_nobody_else_decides_the_case(article: Article, desk: Desk) -> None:
    case = make_case(article)
    other = Desk(waits=False)
    page = other.open(case)
    desk.decide(case, "publish")
    assert other.send(page, "decline", reason="No.").status_code == 409
    assert Decision.objects.count() == 1


def test_another_reader_joins_a_case_that_was_decided_a_moment_ago(article: Article, desk: Desk) -> None:
    case = make_case(article)
    desk.decide(case, "publish")
    assert make_case(article) == case
    pass_the_time()
    assert (state_of(case), case.readers) == ("published", 2)


def test_what_stands_in_the_way_is_told_at_once_and_nothing_waits(article: Article, desk: Desk) -> None:
    case = make_case(article, "14", "15")
    page = desk.decide(case, "publish")
    assert page.status_code == 422
    assert not Decision.objects.exists()
    assert state_of(case) == "open"


def test_each_decision_leads_to_the_next_case_of_the_view(desk: Desk) -> None:
    first, second, third = (make_case(make_article()) for _turn in range(3))
    answer = desk.send(desk.open(first, "?kind=typo"), "fixed")
    assert answer["Location"] == f"{address_of(second)}?kind=typo"
    answer = desk.send(desk.open(second), "fixed")
    assert answer["Location"] == address_of(third)
    answer = desk.send(desk.open(third), "fixed")
    assert answer["Location"] == LIST


@pytest.mark.both_databases
def test_a_flagged_change_is_published_only_after_a_second_look(article: Article, desk: Desk) -> None:
    longer = (
        "the report of the surveyors who looked at all of them in the autumn, with tables and many pictures of them"
    )
    longer += " and what each would cost to repair"
    case = make_case(article, "the report", longer)
    typed = {"kind": "clarification", "note": "It is the report of the surveyors."}
    page = desk.decide(case, "publish", **typed)
    assert page.status_code == 422
    assert "is larger than its kind of error suggests" in page.content.decode()
    assert not Decision.objects.exists()
    assert desk.send(page, "publish", **typed).status_code == 302
    pass_the_time()
    assert state_of(case) == "published"


def test_an_editor_who_lost_the_right_meanwhile_publishes_nothing(article: Article) -> None:
    desk = Desk(make_editor(), waits=False)
    case = make_case(article)
    desk.decide(case, "publish")
    desk.editor.groups.clear()
    pass_the_time()
    assert (state_of(case), current_revision(article).number) == ("open", 1)


@pytest.mark.parametrize(("microseconds", "is_due"), [(-1, False), (0, True)])
def test_a_decision_can_be_undone_until_it_is_due(
    microseconds: int, is_due: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = make_editor()
    decision = decide("decline", [make_case(make_article())], by=by, payload={"reason": "No."}, typed={})
    now = decision.due_at + timedelta(microseconds=microseconds)
    assert due_decisions(now) == ([decision] if is_due else [])
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert (pending_decisions(by) == []) == is_due
    assert decision.due_at - decision.made_at == timedelta(seconds=10)
