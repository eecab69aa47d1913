"""Each state of a suggestion and of its case, as its reader is answered: by the API, on the page, in the list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.decisions.approvals import propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.merge_split import merge_cases
from corrections.decisions.outcomes import (
    ask_readers,
    close_as_fixed,
    decline_case,
    hold_case,
    mark_spam,
    publish_cases,
)
from corrections.decisions.pending import decide
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.reader_status import ReaderStatus
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Kind
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.sources import make_source_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
# Written down anew, not read from the code: a state that is missing there has to be red here.
BY_CASE = {
    "open": "in_review",
    "proposed": "in_review",
    "held": "in_review",
    "asked": "question",
    "decided": "in_review",
    "handed_over": "accepted",
    "merged": "in_review",
    "spam": "declined",
    "published": "published",
    "declined": "declined",
    "already_fixed": "already_fixed",
    "withdrawn": "withdrawn",
}
WITHOUT_CASE = {"received": "received", "held": "received", "failed": "received", "spam": "declined"}
CASE_STATES: dict[str, Callable[[Case], object]] = {
    "open": lambda case: None,
    "proposed": lambda case: propose_cases([case], **_revision(case)),
    "held": lambda case: hold_case(case, by=make_editor(), until=timezone.now() + timedelta(days=1)),
    "asked": lambda case: ask_readers(case, by=make_editor(), question="Where?"),
    "decided": lambda case: decide("spam", [case], by=make_editor(), payload={}, typed={}),
    "handed_over": lambda case: publish_cases([case], **_revision(case)),
    "merged": lambda case: merge_cases(make_case(case.article, "three", "four"), [case], by=make_editor()),
    "spam": lambda case: mark_spam(case, by=make_editor()),
    "published": lambda case: publish_cases([case], **_revision(case)),
    "declined": lambda case: decline_case(case, by=make_editor(), reason="It is right."),
    "already_fixed": lambda case: close_as_fixed(case, by=make_editor()),
    "withdrawn": lambda case: withdraw_suggestion(Suggestion.objects.get(case=case)),
}


def _revision(case: Case) -> dict[str, Any]:
    base = current_revision(case.article)
    return {"by": make_editor(), "base": base, "composed": compose(base, [Edit(case, "receive")]), "kind": Kind.TYPO}


def in_state(state: str) -> tuple[Case, Suggestion]:
    """A case that the desk's own functions brought there, and the suggestion that made it."""
    elsewhere = state == Case.State.HANDED_OVER
    case = make_case(make_source_article(url="https://daily.example/a").article if elsewhere else make_article())
    suggestion = case.suggestions.get()
    CASE_STATES[state](case)
    case.refresh_from_db()
    assert case.state == state
    return case, suggestion


def status_by_api(suggestion: Suggestion) -> str:
    answer = Client().get(f"/api/suggestions/{status_token(suggestion.pk)}")
    assert answer.status_code == 200
    return str(answer.json()["status"])


def opens(suggestion: Suggestion) -> bool:
    return Client().get(f"/suggestions/{status_token(suggestion.pk)}/").status_code == 200


def test_the_tables_name_every_state() -> None:
    assert set(BY_CASE) == set(CASE_STATES) == set(Case.State.values)
    assert set(WITHOUT_CASE) | {"triaged", "withdrawn"} == set(Suggestion.Status.values)
    assert set(BY_CASE.values()) | set(WITHOUT_CASE.values()) == set(ReaderStatus)


@pytest.mark.parametrize("state", Case.State.values)
def test_each_state_of_a_case_has_its_answer_and_its_pages(state: str, admin_client: Client) -> None:
    bystander = make_case(make_article()).suggestions.get()
    case, suggestion = in_state(state)

    # A reader of a case that went into another follows that one.
    assert status_by_api(suggestion) == BY_CASE[state]
    assert opens(suggestion)
    assert status_by_api(bystander) == "in_review"
    assert admin_client.get(f"/admin/corrections/case/{case.pk}/change/").status_code == 200
    assert admin_client.get("/admin/corrections/case/").status_code == 200


@pytest.mark.parametrize("status", WITHOUT_CASE)
def test_each_state_without_a_case_has_its_answer_and_its_page(status: str) -> None:
    suggestion = make_suggestion(make_article())
    Suggestion.objects.filter(pk=suggestion.pk).update(status=status)

    assert status_by_api(suggestion) == WITHOUT_CASE[status]
    assert opens(suggestion)


def test_a_suggestion_withdrawn_before_triage_says_so() -> None:
    suggestion = make_suggestion(make_article())
    withdraw_suggestion(suggestion)

    assert status_by_api(suggestion) == "withdrawn"
    assert opens(suggestion)
