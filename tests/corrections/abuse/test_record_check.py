"""Suggestions of the quarantine are compared with the acts that ended it for them."""

import pytest

from corrections.abuse.quarantine import reject_suggestions, release_suggestions
from corrections.models import Suggestion
from tests.support.factories import make_article, make_editor
from tests.support.record_check import breaks
from tests.support.suggestion_factories import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_suggestion_that_stands_otherwise_than_the_editor_said_is_named(quick_passwords: None) -> None:
    article, by = make_article(), make_editor()
    let_in, thrown_out = (make_suggestion(article, note=note) for note in ("one", "two"))
    Suggestion.objects.update(status=Suggestion.Status.HELD)
    release_suggestions([let_in.pk], by=by)
    reject_suggestions([thrown_out.pk], by=by)
    assert breaks() == []

    for key, status in ((thrown_out, "received"), (let_in, "spam")):
        Suggestion.objects.filter(pk=key.pk).update(status=status)
    assert breaks() == [
        f"suggestion {let_in.pk}: is spam, and act 2 says otherwise (let_in_suggestions)",
        f"suggestion {thrown_out.pk}: is received, and act 3 says otherwise (throw_out_suggestions)",
    ]
