"""The article's text on the case page, with the passage marked."""

import pytest

from corrections.models import Case
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_the_page_marks_the_passage_in_the_live_article() -> None:
    case = make_case(make_article())
    page = tree(Desk().open(case))
    [mark] = page.xpath("//div[contains(@class, 'desk-text')]//mark")
    assert mark.text == "recieve"
    assert "The council will recieve the report on Tuesday." in mark.getparent().text_content()


def test_every_copy_is_marked_where_the_passage_stands_more_than_once() -> None:
    article = make_article(body="<p>One bridge and one bridge and one bridge.</p>")
    case = make_case(article, "bridge", "ferry")
    Case.objects.filter(pk=case.pk).update(anchor="ambiguous", start=None, end=None)
    page = Desk().open(case)
    assert len(tree(page).xpath("//mark")) == 3
    assert "edit-article" in buttons(page)
