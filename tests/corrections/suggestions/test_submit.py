"""A suggestion is stored word for word, once for each key, or refused with a sentence for each field."""

from dataclasses import replace

import pytest

from corrections.models import Suggestion
from corrections.suggestions.status_tokens import known_token, status_token, token_hash
from corrections.suggestions.submit import KeyReused, submit_suggestion
from corrections.suggestions.validation import SuggestionInput
from newsroom.models import Revision
from tests.support.databases import Database
from tests.support.factories import current_revision, make_article
from tests.support.suggestion_factories import make_quote, make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    return current_revision(make_article())


@pytest.fixture
def sent(revision: Revision) -> SuggestionInput:
    return SuggestionInput(quote=make_quote(revision, "recieve"), replacement="receive", category="typo")


@pytest.mark.both_databases
def test_what_was_sent_stands_in_the_row_word_for_word(revision: Revision, sent: SuggestionInput) -> None:
    submit_suggestion(revision, sent=replace(sent, note=" Zwölf «Wörter» 👩‍🔬 "))

    row = Suggestion.objects.get()
    assert (row.exact, row.replacement, row.note) == ("recieve", "receive", " Zwölf «Wörter» 👩‍🔬 ")
    assert (row.start, row.end, row.prefix, row.suffix) == (
        17,
        24,
        "The council will ",
        " the report on Tuesday.\n\nIt coun",
    )
    assert row.status == Suggestion.Status.RECEIVED


@pytest.mark.both_databases
def test_a_key_makes_one_row(committed_db: Database) -> None:
    article = make_article()
    first = make_suggestion(article, key="k1" * 8)

    assert make_suggestion(article, key="k1" * 8).pk == first.pk
    assert make_suggestion(article, key="k2" * 8).pk != first.pk
    with pytest.raises(KeyReused):
        make_suggestion(article, replacement="get", key="k1" * 8)
    assert Suggestion.objects.count() == 2


def test_the_private_link_is_made_again_from_the_row_and_not_stored(
    revision: Revision, sent: SuggestionInput, settings: pytest.FixtureRequest
) -> None:
    suggestion = submit_suggestion(revision, sent=sent)
    token = status_token(suggestion.pk)

    assert suggestion.token_hash == token_hash(token)
    assert token not in str(Suggestion.objects.values().get())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another key, as after a rotation of secrets"  # type: ignore[attr-defined]
    assert known_token(suggestion) == token
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert known_token(suggestion) == status_token(suggestion.pk) != token
