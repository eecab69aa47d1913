"""A reader changes how they are thanked, or has what a suggestion says about them erased."""

import pytest

from corrections.contacts.addresses import AlreadyErased
from corrections.decisions.outcomes import decline_case
from corrections.models import Case, Contact, Suggestion
from corrections.privacy.withdrawal import available_actions, credit_reader, erase_reader
from corrections.suggestions.submit import KeyReused
from corrections.suggestions.validation import InvalidInput
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article
from tests.support.databases import Database
from tests.support.factories import make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def fresh(suggestion: Suggestion) -> Suggestion:
    return Suggestion.objects.select_related("article", "case").get(pk=suggestion.pk)


def make_full(article: Article, *, key: str = "") -> Suggestion:
    """A suggestion that says all it can about its reader."""
    suggestion = make_suggestion(article, note="I was there.", email="ada@example.org", key=key)
    Suggestion.objects.filter(pk=suggestion.pk).update(evidence_url="https://example.org/", name="Ada", credit=True)
    return fresh(suggestion)


def test_credit_changes_the_name_and_the_wish_alone() -> None:
    suggestion = make_suggestion(make_article())
    before = Suggestion.objects.values().get()

    credit_reader(suggestion, name=" Ada \n Lovelace ", credit=True)

    assert Suggestion.objects.values().get() == before | {"name": "Ada Lovelace", "credit": True}
    credit_reader(suggestion, name="", credit=False)
    assert Suggestion.objects.values().get() == before


@pytest.mark.parametrize("name", ["x" * 101, "Ada\0", "Ada\u202e", "Ada\uffff", " "])
def test_a_name_is_refused_with_a_sentence(name: str) -> None:
    suggestion = make_suggestion(make_article())

    with pytest.raises(InvalidInput) as refused:
        credit_reader(suggestion, name=name, credit=True)

    assert list(refused.value.errors) == ["name"]
    assert not fresh(suggestion).credit


@pytest.mark.both_databases
def test_erasing_leaves_the_passage_the_wording_and_the_place_in_the_queue() -> None:
    suggestion = make_full(make_article())
    before = Suggestion.objects.values().get()

    erase_reader(suggestion)

    after = Suggestion.objects.values().get()
    gone = {"name": "", "note": "", "evidence_url": "", "credit": False}
    assert after == before | gone | {key: after[key] for key in ("request_digest", "erased_at")}
    assert after["erased_at"]
    assert after["request_digest"] != before["request_digest"]
    assert triage_suggestion(suggestion.pk)


def test_nothing_of_what_was_erased_is_left_in_any_row() -> None:
    article = make_article()
    suggestion = make_full(article)
    triage_suggestion(suggestion.pk)

    erase_reader(suggestion)

    case = Case.objects.get()
    rows = [*Suggestion.objects.values(), *Contact.objects.values(), *Case.objects.values(), *case.history.values()]
    assert not any(word in str(rows) for word in ("I was there.", "ada@example.org", "Ada", "https://example.org/"))


def test_erasing_once_more_keeps_the_first_time() -> None:
    suggestion = make_full(make_article())

    erase_reader(suggestion)
    first = Suggestion.objects.values().get()
    erase_reader(suggestion)

    assert Suggestion.objects.values().get() == first


def test_nothing_is_added_to_what_was_erased() -> None:
    suggestion = make_full(make_article())
    erase_reader(suggestion)

    with pytest.raises(AlreadyErased):
        credit_reader(suggestion, name="Ada", credit=True)


def test_a_retry_that_comes_after_the_erasure_stores_nothing_anew(committed_db: Database) -> None:
    article = make_article()
    erase_reader(make_suggestion(article, note="I was there.", key="abc" * 6))

    with pytest.raises(KeyReused):
        make_suggestion(article, note="I was there.", key="abc" * 6)

    assert Suggestion.objects.get().note == ""


def test_the_page_offers_what_is_of_use() -> None:
    article = make_article()
    suggestion = make_full(article)
    offered = available_actions(suggestion)
    assert (offered.withdraw, offered.credit, offered.erase) == (True, True, True)

    triage_suggestion(suggestion.pk)
    erase_reader(suggestion)
    offered = available_actions(fresh(suggestion))
    assert (offered.withdraw, offered.credit, offered.erase) == (True, False, False)

    decline_case(Case.objects.get(), by=make_editor(), reason="It is right as it stands.")
    assert not available_actions(fresh(suggestion)).withdraw
