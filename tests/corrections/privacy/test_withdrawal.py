"""A reader takes a suggestion back, before or after triage, but not after the decision."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.decisions.approvals import propose_cases, return_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.reader_status import ReaderStatus, suggestion_status
from corrections.triage.pipeline import claim_received, triage_suggestion
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind
from newsroom.publishing.publish import AlreadyDecided
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def triaged(article: Article, exact: str | None = "recieve", replacement: str | None = "receive") -> Suggestion:
    suggestion = make_suggestion(article, exact, replacement)
    assert triage_suggestion(suggestion.pk)
    return fresh(suggestion)


def fresh(suggestion: Suggestion) -> Suggestion:
    return Suggestion.objects.select_related("article", "case").get(pk=suggestion.pk)


@pytest.mark.both_databases
def test_what_is_taken_back_before_triage_is_owed_none() -> None:
    suggestion = make_suggestion(make_article())

    withdraw_suggestion(suggestion)

    assert claim_received() == []
    assert triage_suggestion(suggestion.pk) is None
    assert not Case.objects.exists()
    assert fresh(suggestion).status == Suggestion.Status.WITHDRAWN
    assert suggestion_status(fresh(suggestion)).status is ReaderStatus.WITHDRAWN


def test_what_could_not_be_triaged_can_be_taken_back() -> None:
    suggestion = make_suggestion(make_article())
    Suggestion.objects.update(status=Suggestion.Status.FAILED)

    withdraw_suggestion(suggestion)

    assert fresh(suggestion).status == Suggestion.Status.WITHDRAWN


@pytest.mark.both_databases
def test_the_case_stays_for_its_other_readers_and_goes_with_the_last() -> None:
    article = make_article()
    one, other = triaged(article), triaged(article, "recieve", "get")

    withdraw_suggestion(one)
    assert (Case.objects.get().readers, Case.objects.get().state) == (1, Case.State.OPEN)
    assert suggestion_status(fresh(other)).status is ReaderStatus.IN_REVIEW

    withdraw_suggestion(other)
    case = Case.objects.get()
    assert (case.readers, case.state) == (0, Case.State.WITHDRAWN)
    assert case.decided_at
    assert not Case.objects.open().exists()
    assert case.history.first().history_change_reason == "taken back by every reader who sent it"
    assert {suggestion_status(fresh(each)).status for each in (one, other)} == {ReaderStatus.WITHDRAWN}


@pytest.mark.both_databases
def test_once_more_changes_nothing() -> None:
    article = make_article()
    one, _other = triaged(article), triaged(article)

    withdraw_suggestion(one)
    before = fresh(one).withdrawn_at
    withdraw_suggestion(one)

    assert fresh(one).withdrawn_at == before
    assert Case.objects.get().readers == 1


def test_the_next_reader_of_the_same_words_gets_a_case_of_their_own() -> None:
    article = make_article()
    withdraw_suggestion(triaged(article))

    triaged(article)

    assert sorted(Case.objects.values_list("state", "readers")) == [("open", 1), ("withdrawn", 0)]


def test_after_the_decision_it_is_too_late() -> None:
    article = make_article()
    suggestion = triaged(article)
    decline_case(Case.objects.get(), by=make_editor(), reason="It is right as it stands.")

    with pytest.raises(AlreadyDecided):
        withdraw_suggestion(suggestion)

    assert fresh(suggestion).withdrawn_at is None
    assert Case.objects.get().readers == 1
    assert suggestion_status(fresh(suggestion)).status is ReaderStatus.DECLINED


def test_who_took_theirs_back_before_the_decision_hears_nothing_of_it() -> None:
    article = make_article()
    one, _other = triaged(article), triaged(article)
    withdraw_suggestion(one)
    decline_case(Case.objects.get(), by=make_editor(), reason="It is right as it stands.")

    withdraw_suggestion(one)

    assert (suggestion_status(fresh(one)).status, suggestion_status(fresh(one)).reason) == (
        ReaderStatus.WITHDRAWN,
        None,
    )


def test_a_proposal_is_the_editors_own_until_it_is_given_back() -> None:
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

    withdraw_suggestion(case.suggestions.get())

    case.refresh_from_db()
    assert (case.state, case.readers) == (Case.State.PROPOSED, 0)
    return_cases(proposal, by=make_editor(group=STANDARDS_EDITOR), reason="Who counted them?")
    case.refresh_from_db()
    assert case.state == Case.State.WITHDRAWN


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": timezone.now()},
        {"status": "withdrawn"},
        {"erased_at": timezone.now(), "note": "Still here."},
    ],
    ids=["owed though taken back", "taken back at no time", "erased and still told"],
)
def test_the_database_refuses_half_of_it(change: dict[str, object]) -> None:
    suggestion = make_suggestion(make_article())

    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk).update(**change)
