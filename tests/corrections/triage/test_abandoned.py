"""A case that every reader took back is closed, whichever way it comes back from an editor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.decisions.pending import UNDO_WINDOW, undo
from corrections.models import Case, Decision
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.triage.abandoned import sweep_abandoned
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article, Proposal
from newsroom.publishing.proposals import return_proposal
from tests.support.desk_page import Desk, make_case, tick
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOTE = "It said “recieve”, where it should have said “receive”."


@pytest.fixture
def desk() -> Desk:
    return Desk(waits=False)


@pytest.fixture
def case() -> Case:
    return make_case(make_article())


@pytest.fixture
def beside(case: Case) -> Case:
    """Of the same article; its reader stays."""
    return make_case(case.article, "three", "four")


def take_back(case: Case) -> None:
    for suggestion in case.suggestions.live():
        withdraw_suggestion(suggestion)


def states(*cases: Case) -> list[str]:
    return [Case.objects.get(pk=case.pk).state for case in cases]


def change_both(article: Article) -> None:
    make_revision(article, find="recieve", put="obtain")
    make_revision(article, find="three", put="nine")


def the_window_passes() -> None:
    Decision.objects.update(due_at=timezone.now() - UNDO_WINDOW)
    tick()


def test_after_an_undo(desk: Desk, case: Case, beside: Case) -> None:
    for each in (case, beside):
        desk.decide(each, "fixed")
    take_back(case)
    assert states(case, beside) == ["decided", "decided"]

    for decision in Decision.objects.all():
        undo(decision, by=desk.editor)

    assert states(case, beside) == ["withdrawn", "open"]


def test_after_a_decision_that_came_back(desk: Desk, case: Case, beside: Case) -> None:
    for each in (case, beside):
        desk.decide(each, "publish")
    take_back(case)
    change_both(case.article)

    the_window_passes()

    assert [each.state for each in Decision.objects.all()] == ["returned", "returned"]
    assert states(case, beside) == ["withdrawn", "open"]


def test_after_a_decision_that_leaves_it_open(desk: Desk, case: Case, beside: Case) -> None:
    until = (timezone.localdate() + timedelta(days=2)).isoformat()
    for each in (case, beside):
        desk.decide(each, "hold", until=until)
    take_back(case)

    the_window_passes()

    assert states(case, beside) == ["withdrawn", "held"]


@pytest.mark.parametrize("way", ["returned", "overtaken"])
def test_after_a_proposal_that_came_back(desk: Desk, case: Case, beside: Case, way: str) -> None:
    for each in (case, beside):
        desk.decide(each, "propose", kind="clarification", note=NOTE)
    the_window_passes()
    take_back(case)
    assert states(case, beside) == ["proposed", "proposed"]

    if way == "returned":
        for proposal in Proposal.objects.all():
            return_proposal(proposal, by=make_editor(), reason="Who counted?")
        tick()
    else:
        change_both(case.article)
        reanchor_article(case.article)

    assert states(case, beside) == ["withdrawn", "open"]


def test_what_an_older_version_left_behind_is_swept(case: Case, beside: Case) -> None:
    take_back(case)
    Case.objects.filter(pk=case.pk).update(state="open", decided_at=None)
    sweep_abandoned()
    sweep_abandoned()
    assert states(case, beside) == ["withdrawn", "open"]
    assert Case.history.filter(id=case.pk, state="withdrawn").count() == 2
