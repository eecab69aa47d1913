"""Which forms a case offers, and what they keep of one that was overtaken."""

import pytest

from tests.support.desk_page import Desk, make_case, told
from tests.support.factories import current_revision, make_article, make_revision

pytestmark = pytest.mark.django_db


def test_typing_for_a_passage_that_was_edited_meanwhile_is_kept_beside_the_form() -> None:
    article = make_article()
    case = make_case(article)
    desk = Desk()
    page = desk.open(case)
    make_revision(article, find="will recieve", put="may recieve soon")
    make_revision(article, find="recieve soon", put="obtain, soon,")
    late = desk.send(page, "edit", wording="be given")
    assert late.status_code == 409
    assert "be given" in told(late)
    assert current_revision(article).number == 3
