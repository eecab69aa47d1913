"""Every decision of the desk can be undone: nothing is left of it; else it is carried out when it falls due."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corrections.models import Case, Decision, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.reader_status import suggestion_status
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Act, Article, Proposal
from newsroom.publishing.moves import Seen
from newsroom.publishing.proposals import approve_proposal
from tests.corrections.abuse.test_senders import sent
from tests.support.admin_page import Answer, tree
from tests.support.desk_page import LIST, Desk, address_of, make_case, messages, pass_the_time, tick, told
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def desk() -> Desk:
    return Desk(waits=False)


def undo(desk: Desk) -> Answer:
    decision = Decision.objects.filter(state="pending").latest("pk")
    return desk.client.post(f"{LIST}undo/{decision.pk}/")


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def row(case: Case) -> tuple[Any, ...]:
    now = again(case)
    kept = now.state, now.question, now.held_until, now.assignee_id, now.merged_into_id, now.reason, now.proposal_id
    return (*kept, now.readers, now.suggestions.count())


def laid(article: Article) -> Case:
    case = make_case(article, "14", "15", category="fact")
    Desk().decide(case, "propose", kind="correction", note="It is 15.")
    return again(case)


def ask(desk: Desk, case: Case) -> Answer:
    return desk.decide(case, "ask", question="Which report?")


def hold(desk: Desk, case: Case) -> Answer:
    return desk.decide(case, "hold", until=f"{timezone.localdate() + TOMORROW:%Y-%m-%d}")


def assign(desk: Desk, case: Case) -> Answer:
    return desk.decide(case, "assign", to=str(make_editor().pk))


def split(desk: Desk, case: Case) -> Answer:
    make_case(case.article, "will recieve the", "will receive the", note="second")
    second = case.suggestions.get(note="second")
    chosen = {"decision": "split", "state": "open", "suggestions": [str(second.pk)]}
    return desk.client.post(address_of(case), chosen)


def merge(desk: Desk, case: Case) -> Answer:
    other = make_case(case.article, "three", "four")
    return desk.client.post(address_of(case), {"decision": "merge", "state": "open", "others": [other.pk]})


EACH: list[tuple[Callable[[Desk, Case], Answer], str]] = [(ask, "asked"), (hold, "held"), (assign, "open")]


@pytest.mark.both_databases
@pytest.mark.parametrize(("take", "state"), EACH)
def test_what_puts_a_case_aside_waits_can_be_undone_and_is_else_carried_out(
    article: Article, desk: Desk, take: Callable[[Desk, Case], Answer], state: str
) -> None:
    case = make_case(article)
    before, acts = row(case), Act.objects.count()
    assert take(desk, case).status_code == 302
    assert again(case).state == "decided"

    undo(desk)
    assert row(case) == before
    assert Act.objects.count() == acts
    assert "Undone" in messages(desk)

    take(desk, case)
    pass_the_time()
    assert again(case).state == state
    assert Act.objects.count() == acts + 1


@pytest.mark.both_databases
def test_a_case_is_merged_when_the_ten_seconds_are_over(article: Article, desk: Desk) -> None:
    case = make_case(article)
    before = row(case)
    assert merge(desk, case).status_code == 302
    other = Case.objects.exclude(pk=case.pk).get()
    assert [again(each).state for each in (case, other)] == ["decided", "decided"]
    undo(desk)
    assert (row(case), again(other).state) == (before, "open")

    desk.client.post(address_of(case), {"decision": "merge", "state": "open", "others": [other.pk]})
    pass_the_time()
    assert (again(case).state, again(case).readers) == ("open", 2)
    assert (again(other).state, again(other).merged_into) == ("merged", case)


@pytest.mark.both_databases
def test_a_case_is_split_when_the_ten_seconds_are_over(article: Article, desk: Desk) -> None:
    case = make_case(article)
    split(desk, case)
    assert Case.objects.count() == 1
    undo(desk)
    assert (again(case).state, Case.objects.count()) == ("open", 1)

    chosen = str(case.suggestions.get(note="second").pk)
    desk.client.post(address_of(case), {"decision": "split", "state": "open", "suggestions": [chosen]})
    pass_the_time()
    assert sorted(Case.objects.values_list("state", "readers")) == [("open", 1), ("open", 1)]


@pytest.mark.both_databases
def test_an_approval_can_be_undone_and_is_published_when_it_falls_due(article: Article) -> None:
    case, second = laid(article), Desk(group=STANDARDS_EDITOR, waits=False)
    acts = Act.objects.count()
    assert second.decide(case, "approve").status_code == 302
    assert (again(case).state, current_revision(article).number) == ("decided", 1)
    undo(second)
    assert (again(case).state, Act.objects.count()) == ("proposed", acts)
    assert Proposal.objects.get().state == "waiting"

    second.decide(case, "approve")
    pass_the_time()
    revision = current_revision(article)
    assert (again(case).state, revision.number, revision.approved_by) == ("published", 2, second.editor)


@pytest.mark.both_databases
def test_a_proposal_is_sent_back_when_the_ten_seconds_are_over(article: Article) -> None:
    case, second = laid(article), Desk(group=STANDARDS_EDITOR, waits=False)
    second.decide(case, "return", reason="Who counted?")
    undo(second)
    assert again(case).state == "proposed"
    second.decide(case, "return", reason="Who counted?")
    pass_the_time()
    assert (again(case).state, Proposal.objects.get().reason) == ("open", "Who counted?")


@pytest.mark.both_databases
def test_an_approval_moves_with_its_proposal_to_an_unrelated_revision(article: Article) -> None:
    case, second = laid(article), Desk(group=STANDARDS_EDITOR, waits=False)
    second.decide(case, "approve")
    make_revision(article, find="Tuesday", put="Friday")
    tick()
    pass_the_time()
    revision, case = current_revision(article), again(case)
    assert (case.state, revision.number, revision.approved_by) == ("published", 3, second.editor)
    assert revision.require_content().text[case.spot_start : case.spot_end] == "15"
    assert list(Act.objects.filter(verb="move").values_list("actor_id", flat=True)) == [None]
    assert breaks() == []


@pytest.mark.both_databases
def test_an_approval_of_words_that_were_changed_meanwhile_publishes_nothing(article: Article) -> None:
    case, second = laid(article), Desk(group=STANDARDS_EDITOR, waits=False)
    second.decide(case, "approve")
    make_revision(article, find="14", put="16")

    pass_the_time()
    tick()

    assert (again(case).state, current_revision(article).number) == ("open", 2)
    assert Proposal.objects.get().state == "returned"
    expired = Act.objects.get(verb="expire")
    assert (expired.actor_id, expired.subject) == (None, f"article:{article.slug}")
    assert "could not be carried out" in told(second.open(case))


@pytest.mark.parametrize("changed", ["note", "kind", "body", "base"])
def test_an_approval_holds_for_the_very_proposal_that_was_seen(article: Article, changed: str) -> None:
    case, second = laid(article), Desk(group=STANDARDS_EDITOR, waits=False)
    second.decide(case, "approve")
    proposal = Proposal.objects.get()
    other = {"note": "Other.", "kind": "clarification", "body": "<p>Other.</p>"}
    if changed == "base":
        other["base"] = make_revision(article, find="Tuesday", put="Friday")  # type: ignore[assignment]
    Proposal.objects.filter(pk=proposal.pk).update(**{changed: other[changed]})
    number = current_revision(article).number

    pass_the_time()

    assert (again(case).state, current_revision(article).number) == ("proposed", number)
    assert Decision.objects.latest("pk").state == "returned"


def test_an_approval_elsewhere_within_the_ten_seconds_counts(article: Article) -> None:
    case, second = laid(article), Desk(group=STANDARDS_EDITOR, waits=False)
    second.decide(case, "approve")
    proposal = Proposal.objects.get()
    approve_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))
    pass_the_time()
    tick()
    assert (again(case).state, current_revision(article).number) == ("published", 2)


@pytest.mark.both_databases
def test_what_one_press_decided_about_many_articles_is_undone_by_one_press(desk: Desk) -> None:
    cases = [sent(make_article(), "recieve", "buy gold", sender="192.0.2.1") for _turn in range(3)]
    sent(cases[0].article, "three", "gold", sender="192.0.2.1")
    keys = [case.pk for case in Case.objects.all()]
    form: Any = {"others": keys, "decision": "spam"}
    desk.client.post(f"{LIST}{cases[0].pk}/sender/", form)
    assert Decision.objects.count() == 3
    assert "(4 cases)" in tree(desk.client.get(LIST)).xpath("string(//form[@data-undo])")

    assert undo(desk)["Location"] == LIST
    assert set(Case.objects.values_list("state", flat=True)) == {"open"}

    desk.client.post(f"{LIST}{cases[0].pk}/sender/", form)
    pass_the_time()
    assert set(Case.objects.values_list("state", flat=True)) == {"spam"}


def test_a_bulk_of_which_a_part_was_carried_out_is_not_undone_by_halves(desk: Desk) -> None:
    cases = [sent(make_article(), "recieve", "buy gold", sender="192.0.2.1") for _turn in range(2)]
    form: Any = {"others": [case.pk for case in cases], "decision": "spam"}
    desk.client.post(f"{LIST}{cases[0].pk}/sender/", form)
    first, second = Decision.objects.order_by("pk")
    Decision.objects.filter(pk=first.pk).update(due_at=timezone.now())
    tick()
    undo(desk)
    assert "Too late" in messages(desk)
    assert again(cases[1]).state == "decided"
    assert second.batch == first.batch


def test_several_cases_published_as_one_revision_are_undone_together(article: Article, desk: Desk) -> None:
    case, other = make_case(article), make_case(article, "bridges", "large bridges", category="clarity")
    fields = {"kind": "clarification", "note": "Put more plainly.", "confirmed": "1"}
    fields |= {"decision": "publish-several", "state": "open", "base": "1"}
    desk.client.post(address_of(other), {**fields, "others": [case.pk]})
    assert [again(each).state for each in (case, other)] == ["decided", "decided"]
    assert undo(desk)["Location"] == address_of(other)
    assert [again(each).state for each in (case, other)] == ["open", "open"]
    pass_the_time()
    assert current_revision(article).number == 1


def test_a_case_on_hold_is_on_hold_again(article: Article, desk: Desk) -> None:
    case = make_case(article)
    hold(desk, case)
    pass_the_time()
    before = row(case)
    desk.decide(again(case), "decline", reason="No.")
    undo(desk)
    assert row(case) == before
    assert before[0] == "held"


def test_an_answer_that_comes_within_the_ten_seconds_is_not_lost(article: Article, desk: Desk) -> None:
    case = make_case(article)
    ask(desk, case)
    pass_the_time()
    desk.decide(again(case), "decline", reason="No.")
    suggestion = case.suggestions.get()
    answer_question(suggestion, text="The one of May.")
    undo(desk)
    assert again(case).state == "open"
    assert "The one of May." in desk.open(case).content.decode()


def test_a_question_reaches_the_readers_only_when_it_cannot_be_undone(article: Article, desk: Desk) -> None:
    case = make_case(article)
    ask(desk, case)
    suggestion = Suggestion.objects.get()
    assert suggestion_status(suggestion).status == "in_review"
    pass_the_time()
    assert suggestion_status(Suggestion.objects.get()).question == "Which report?"


def test_what_a_reader_takes_back_meanwhile_does_not_stop_the_dispatcher(article: Article, desk: Desk) -> None:
    case = make_case(article)
    split(desk, case)
    withdraw_suggestion(case.suggestions.get(note="second"))
    other = make_case(make_article())
    desk.decide(other, "fixed")
    Decision.objects.update(due_at=timezone.now())

    tick()

    assert (again(case).state, again(other).state) == ("open", "already_fixed")
    assert Decision.objects.filter(state="returned").count() == 1


@pytest.mark.parametrize("decision", ["publish", "propose", "decline", "fixed", "spam", "ask", "hold", "claim"])
def test_deciding_and_showing_the_next_case_costs_few_queries(article: Article, desk: Desk, decision: str) -> None:
    words = {"recieve": "receive", "report": "paper", "bridges": "crossings", "closed": "shut"}
    cases = [make_case(article, old, new) for old, new in words.items()]
    typed = {
        "propose": {"kind": "correction", "note": "It said recieve; it is spelt receive."},
        "decline": {"reason": "No."},
        "ask": {"question": "Why?"},
        "hold": {"until": f"{timezone.localdate() + TOMORROW:%Y-%m-%d}"},
        "publish": {"kind": "clarification", "note": "It is spelt so."},
    }
    page = desk.open(cases[0])
    count_queries(desk, lambda: desk.send(page, decision, **typed.get(decision, {})))


@pytest.mark.parametrize("decision", ["assign", "merge", "split", "publish-several", "approve", "return"])
def test_what_takes_several_cases_or_editors_costs_few_queries_too(article: Article, desk: Desk, decision: str) -> None:
    words = {"recieve": "receive", "report": "paper", "bridges": "crossings", "closed": "shut"}
    case, other, *_more = [make_case(article, old, new) for old, new in words.items()]
    make_case(article, "will recieve the", "will receive the", note="second")
    more: dict[str, dict[str, Any]] = {
        "assign": {"to": str(make_editor().pk)},
        "merge": {"others": [other.pk]},
        "split": {"suggestions": [str(case.suggestions.get(note="second").pk)]},
        "publish-several": {"others": [other.pk], "kind": "clarification", "note": "It is spelt so.", "base": "1"},
        "return": {"reason": "Who said so?"},
    }
    if decision in ("approve", "return"):
        Desk().decide(case, "propose", kind="correction", note="It said recieve; it is spelt receive.")
        desk = Desk(group=STANDARDS_EDITOR, waits=False)
        page = desk.open(case)
        count_queries(desk, lambda: desk.send(page, decision, **more.get(decision, {})), most=32)
        return
    desk.open(case)
    typed = {"state": "open", "decision": decision, "confirmed": "1", **more[decision]}
    # Each further case of one revision is read and written by itself.
    most = 40 if decision == "publish-several" else 30
    count_queries(desk, lambda: desk.client.post(address_of(case), typed), most=most)


def count_queries(desk: Desk, decide: Callable[[], Answer], *, most: int = 30) -> None:
    """Of two requests: the decision, and the page that it leads to."""
    with CaptureQueriesContext(connection) as queries:
        answer = decide()
        assert answer.status_code == 302
        desk.client.get(answer["Location"])
    asked = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    assert len(asked) <= most, "\n".join(asked)
