"""Decisions: published from the base in hand, declined with a reason, each once and with its act."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from corrections.decisions.approvals import approve_cases, propose_cases, return_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import (
    ClaimedByAnother,
    HoldInPast,
    claim_case,
    decline_case,
    end_holds,
    publish_cases,
    refuse_hold_in_past,
)
from corrections.models import Case
from corrections.suggestions.reader_status import ReaderStatus, suggestion_status
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.accounts.roles import AUDITOR, STANDARDS_EDITOR
from newsroom.audit.account_acts import append_account_added
from newsroom.models import Act, Article, Kind
from newsroom.publishing.moves import Seen
from newsroom.publishing.policy import NoteRequired, NotPermitted, RelatedAccounts, SecondEditorRequired, SelfApproval
from newsroom.publishing.publish import AlreadyDecided, StaleRevision
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def make_case(
    article: Article, exact: str | None = "recieve", replacement: str | None = "receive", **more: str
) -> Case:
    case = triage_suggestion(make_suggestion(article, exact, replacement, **more).pk)
    assert case
    return Case.objects.select_related("article").get(pk=case.pk)


@pytest.mark.both_databases
def test_publishing_makes_the_next_revision_and_the_reader_is_led_to_the_spot() -> None:
    article, by = make_article(slug="bridges"), make_editor()
    case, base = make_case(article), current_revision(article)

    composed = compose(base, [Edit(case, "receive")])
    revision = publish_cases([case], by=by, base=base, composed=composed, kind=Kind.TYPO)
    assert revision

    case.refresh_from_db()
    assert revision.require_content().text.startswith("The council will receive the report")
    assert (case.state, case.published_in, case.decided_by) == (Case.State.PUBLISHED, revision, by)
    answer = suggestion_status(case.suggestions.get())
    assert (answer.status, answer.revision) == (ReaderStatus.PUBLISHED, 2)
    assert str(answer.url).endswith("/articles/bridges/revisions/2/#spot-17-24")
    assert list(Act.objects.order_by("sequence").values_list("verb", flat=True)) == [
        "publish",
        "publish",
        "publish_case",
    ]


def test_when_the_same_words_were_changed_nothing_is_overwritten_and_the_case_stays_open() -> None:
    article, by = make_article(), make_editor()
    case, base = make_case(article), current_revision(article)
    composed = compose(base, [Edit(case, "receive")])
    make_revision(article, find="recieve", put="obtain")

    with pytest.raises(StaleRevision):
        publish_cases([case], by=by, base=base, composed=composed, kind=Kind.TYPO)

    case.refresh_from_db()
    assert (case.state, current_revision(article).number) == (Case.State.OPEN, 2)


def test_a_case_is_decided_once() -> None:
    article, by = make_article(), make_editor()
    case, base = make_case(article), current_revision(article)
    decline_case(case, by=by, reason="It is right as it stands.")

    with pytest.raises(AlreadyDecided):
        decline_case(case, by=by, reason="Again.")
    with pytest.raises(AlreadyDecided):
        publish_cases([case], by=by, base=base, composed=compose(base, [Edit(case, "receive")]), kind=Kind.TYPO)


def test_declining_takes_a_reason_which_the_reader_sees() -> None:
    case = make_case(make_article())
    with pytest.raises(NoteRequired):
        decline_case(case, by=make_editor(), reason=" ")

    decline_case(case, by=make_editor(), reason="This is how the name is spelt.")

    answer = suggestion_status(case.suggestions.select_related("case").get())
    assert (answer.status, answer.reason) == (ReaderStatus.DECLINED, "This is how the name is spelt.")


def test_an_auditor_decides_nothing() -> None:
    with pytest.raises(NotPermitted):
        decline_case(make_case(make_article()), by=make_editor(group=AUDITOR), reason="No.")


@pytest.mark.both_databases
def test_a_correction_is_proposed_by_one_and_approved_by_another() -> None:
    article, by, second = make_article(), make_editor(), make_editor(group=STANDARDS_EDITOR)
    case, base = make_case(article, "14", "15", category="fact"), current_revision(article)
    composed, note = compose(base, [Edit(case, "15")]), "It said 14 bridges; there are 15."
    with pytest.raises(SecondEditorRequired):
        publish_cases([case], by=by, base=base, composed=composed, kind=Kind.CORRECTION, note=note)

    proposal = propose_cases([case], by=by, base=base, composed=composed, kind=Kind.CORRECTION, note=note)
    case.refresh_from_db()
    assert case.state == Case.State.PROPOSED
    with pytest.raises(NotPermitted):
        approve_cases(proposal, by=make_editor(), seen=Seen(proposal.digest))
    revision = approve_cases(proposal, by=second, seen=Seen(proposal.digest))
    assert revision

    case.refresh_from_db()
    assert (revision.editor, revision.approved_by, revision.kind) == (by, second, "correction")
    assert (case.state, case.published_in) == (Case.State.PUBLISHED, revision)
    assert revision.require_content().text[case.spot_start : case.spot_end] == "15"


def test_nobody_approves_their_own_proposal_nor_another_text_than_they_saw() -> None:
    article, by = make_article(), make_editor(group=STANDARDS_EDITOR)
    case, base = make_case(article, "14", "15", category="fact"), current_revision(article)
    proposal = propose_cases(
        [case], by=by, base=base, composed=compose(base, [Edit(case, "15")]), kind=Kind.CORRECTION, note="It said 14."
    )

    with pytest.raises(SelfApproval):
        approve_cases(proposal, by=by, seen=Seen(proposal.digest))
    with transaction.atomic():
        append_account_added(by, by=(maker := make_editor(group=STANDARDS_EDITOR)))
    with pytest.raises(RelatedAccounts):
        approve_cases(proposal, by=maker, seen=Seen(proposal.digest))
    with pytest.raises(AlreadyDecided):
        approve_cases(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen("0" * 64))


def test_a_proposal_sent_back_opens_its_case_again() -> None:
    article = make_article()
    case, base = make_case(article, "14", "15", category="fact"), current_revision(article)
    proposal = propose_cases(
        [case],
        by=make_editor(),
        base=base,
        composed=compose(base, [Edit(case, "15")]),
        kind=Kind.CORRECTION,
        note="It said 14.",
    )

    return_cases(proposal, by=make_editor(group=STANDARDS_EDITOR), reason="Who counted them?")

    case.refresh_from_db()
    assert case.state == Case.State.OPEN
    assert case.history.first().history_change_reason == "Who counted them?"


def test_a_proposal_of_words_that_were_changed_returns_to_the_queue() -> None:
    article = make_article()
    case, base = make_case(article, "14", "15", category="fact"), current_revision(article)
    proposal = propose_cases(
        [case],
        by=make_editor(),
        base=base,
        composed=compose(base, [Edit(case, "15")]),
        kind=Kind.CORRECTION,
        note="It said 14.",
    )
    make_revision(article, find="Tuesday", put="Monday")
    reanchor_article(article)
    case.refresh_from_db()
    assert case.state == Case.State.PROPOSED

    make_revision(article, find="14", put="16")
    reanchor_article(article)

    case.refresh_from_db()
    assert case.state == Case.State.OPEN
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.reason) == ("returned", None, "overlap")
    with pytest.raises(AlreadyDecided):
        approve_cases(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))


@pytest.mark.parametrize(("seconds", "ended"), [(1, 0), (0, 1), (-1, 1)])
def test_a_hold_ends_at_its_second(seconds: int, ended: int, monkeypatch: pytest.MonkeyPatch) -> None:
    make_case(make_article())
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    Case.objects.update(state="held", held_until=now + timedelta(seconds=seconds))
    assert (end_holds(), end_holds()) == (ended, 0)
    assert Case.objects.get().state == ("open" if ended else "held")


@pytest.mark.parametrize(("seconds", "is_past"), [(1, False), (0, True), (-1, True)])
def test_a_hold_ends_later_than_now(seconds: int, is_past: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    with pytest.raises(HoldInPast) if is_past else nullcontext():
        refuse_hold_in_past(now + timedelta(seconds=seconds))


@pytest.mark.parametrize(("seconds", "is_free"), [(1, False), (0, True), (-1, True)])
def test_a_colleague_can_claim_a_case_when_the_claim_on_it_is_over(
    seconds: int, is_free: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, first, second = make_case(make_article()), make_editor(), make_editor()
    assert claim_case(case, by=first).assignee == first
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    Case.objects.update(claimed_until=now + timedelta(seconds=seconds))
    with nullcontext() if is_free else pytest.raises(ClaimedByAnother):
        claim_case(case, by=second)
    assert Case.objects.get().assignee == (second if is_free else first)
    assert claim_case(case, by=Case.objects.get().assignee or second).claimed_until == now + timedelta(minutes=15)
