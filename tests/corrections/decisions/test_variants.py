"""The wordings that readers propose for one passage, told apart and counted."""

import pytest

from tests.support.admin_page import tree
from tests.support.desk_page import Desk, diffs, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


def test_variants_are_counted_whatever_the_reader_marked() -> None:
    article = make_article()
    case = make_case(article)
    make_case(article, "will recieve the", "will receive the")
    make_case(article, "recieve", "receive ")
    make_case(article, "recieve", "get")
    page = Desk().open(case)
    choices = tree(page).xpath("//fieldset//*[@class='desk-count']/text()")
    assert choices == ["3 readers", "1 reader"]
    assert diffs(page)[:2] == [(["recieve"], ["receive"]), (["recieve"], ["get"])]
