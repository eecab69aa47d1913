"""Who is told of what becomes of a proposal, at the desk and on an article's own pages."""

import pytest
from django.db import transaction

from corrections.decisions.approvals import amend_cases, approve_cases, consent_cases, propose_cases, return_cases
from corrections.decisions.compose import Edit, compose
from corrections.models import Case, Notification
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, Proposal
from newsroom.publishing.moves import Seen, move_overtaken
from newsroom.publishing.proposals import propose_revision
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def proposer() -> Editor:
    return make_editor()


@pytest.fixture
def second() -> Editor:
    return make_editor(group=STANDARDS_EDITOR)


@pytest.fixture
def case(article: Article) -> Case:
    return make_case(article, "14", "15", category="fact")


@pytest.fixture
def proposal(article: Article, case: Case, proposer: Editor, second: Editor) -> Proposal:
    base = current_revision(article)
    composed = compose(base, [Edit(case, "15")])
    note = "It is 15 bridges, not 14."
    return propose_cases([case], by=proposer, base=base, composed=composed, kind=Kind.CORRECTION, note=note)


def seen(proposal: Proposal) -> Seen:
    return Seen(proposal.digest, proposal.base.number if proposal.base else None)


def unread(editor: Editor) -> list[str]:
    return list(Notification.objects.unread().filter(recipient=editor).order_by("pk").values_list("kind", flat=True))


def changed(proposal: Proposal, *, asks_consent: bool) -> dict[str, object]:
    return {
        "kind": Kind.CORRECTION,
        "wording": proposal.wording,
        "note": "There are 15 bridges. We had written 14.",
        "asks_consent": asks_consent,
    }


def test_who_may_approve_is_told_that_a_proposal_waits_and_nobody_else(
    proposal: Proposal, second: Editor, proposer: Editor
) -> None:
    chief, gone = make_editor(group=DESK_CHIEF), make_editor(group=STANDARDS_EDITOR)
    Editor.objects.filter(pk=gone.pk).update(is_active=False)
    Notification.objects.all().delete()
    article = proposal.article
    wording = proposal.wording
    propose_revision(article, base=proposal.base, by=second, kind=Kind.CORRECTION, wording=wording, note=proposal.note)
    told = set(Notification.objects.filter(kind="waits").values_list("recipient", flat=True))
    assert chief.pk in told
    assert not {second.pk, proposer.pk, gone.pk} & told
    assert Notification.objects.filter(is_first=True).count() == 1


def test_approved_tells_the_proposer_and_ends_the_waiting(proposal: Proposal, second: Editor, proposer: Editor) -> None:
    third = make_editor(group=STANDARDS_EDITOR)
    Notification.objects.create(recipient=third, kind="waits", article=proposal.article, proposal=proposal)
    assert unread(second) == ["waits"]
    approve_cases(proposal, by=second, seen=seen(proposal))
    assert unread(proposer) == ["approved"]
    assert unread(second) == unread(third) == []


def test_sent_back_by_an_editor_tells_the_proposer(proposal: Proposal, second: Editor, proposer: Editor) -> None:
    return_cases(proposal, by=second, reason="Who counted?")
    [told] = Notification.objects.filter(recipient=proposer)
    assert (told.kind, told.by, told.article) == ("sent_back", second, proposal.article)


def test_taking_back_ones_own_proposal_tells_nobody(proposal: Proposal, second: Editor, proposer: Editor) -> None:
    return_cases(proposal, by=proposer, reason="My mistake.")
    assert unread(proposer) == unread(second) == []


def test_what_comes_back_because_of_an_overlap_is_told(proposal: Proposal, proposer: Editor) -> None:
    make_revision(proposal.article, find="14", put="16")
    assert move_overtaken(Proposal.objects.get(pk=proposal.pk))
    [told] = Notification.objects.filter(recipient=proposer)
    assert (told.kind, told.by) == ("sent_back", None)


def test_amended_for_consent_tells_the_proposer_and_consent_nobody_of_their_own_doing(
    proposal: Proposal, second: Editor, proposer: Editor
) -> None:
    amend_cases(proposal, by=second, seen=seen(proposal), amended=changed(proposal, asks_consent=True))
    proposal.refresh_from_db()
    assert unread(proposer) == ["amended"]
    consent_cases(proposal, by=proposer, seen=seen(proposal))
    assert unread(proposer) == ["amended"]
    assert unread(second) == []


def test_taken_over_it_waits_for_a_third_editor(proposal: Proposal, second: Editor, proposer: Editor) -> None:
    third = make_editor(group=STANDARDS_EDITOR)
    amend_cases(proposal, by=second, seen=seen(proposal), amended=changed(proposal, asks_consent=False))
    assert (unread(proposer), unread(second), unread(third)) == (["amended"], [], ["waits"])


def test_a_proposer_who_may_approve_is_not_asked_to_approve_what_was_taken_over(
    article: Article, second: Editor
) -> None:
    chief, base = make_editor(group=DESK_CHIEF), current_revision(article)
    composed = compose(base, [Edit(make_case(article, "14", "15", category="fact"), "15")])
    note = "It is 15 bridges, not 14."
    made = propose_revision(article, base=base, by=chief, kind=Kind.CORRECTION, wording=composed.wording, note=note)
    amend_cases(made, by=second, seen=seen(made), amended=changed(made, asks_consent=False))
    assert (unread(chief), unread(second)) == (["amended"], [])


def test_what_does_not_come_about_tells_nobody(article: Article, case: Case, proposer: Editor, second: Editor) -> None:
    base = current_revision(article)
    composed = compose(base, [Edit(case, "15")])
    note = "It is 15 bridges, not 14."
    with transaction.atomic():
        propose_cases([case], by=proposer, base=base, composed=composed, kind=Kind.CORRECTION, note=note)
        assert unread(second) == ["waits"]
        transaction.set_rollback(True)
    assert unread(second) == []
