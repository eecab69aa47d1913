"""An article's history names who did it, and why."""

import pytest

from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


def test_the_history_of_an_article_names_actor_and_reason() -> None:
    by = make_editor()
    article = make_article(by=by)

    row = article.history.first()
    assert (row.history_user, row.history_change_reason) == (by, "publication 1")
