"""The wordings that readers propose for one passage, told apart and counted."""

import pytest

from tests.support.admin_page import tree
from tests.support.desk_page import Desk, diffs, make_case
from tests.support.factories import current_revision, make_article

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


@pytest.mark.parametrize(
    ("exact", "replacement", "line"),
    [
        ("  for  recieve", "  for  receive", "  for  receive\n"),
        ("if a:\n\n    recieve", "if a:\n\n    receive", "    receive\n"),
        ("in\t\tmail", "in\tmail", "in\tmail"),  # nothing but white space
        ("if a:\n\n", "", "<pre>  for  recieve\n    recieve\n"),  # no blank beside it goes along
    ],
)
def test_white_space_in_preformatted_text_is_text(exact: str, replacement: str, line: str) -> None:
    article = make_article(
        body="<p>Before it.</p><pre>  for  recieve\nif a:\n\n    recieve\nin\t\tmail </pre><p>After.</p>"
    )
    Desk().decide(make_case(article, exact, replacement), "publish", kind="typo")
    body = current_revision(article).require_content().body
    assert line in body
    assert body.count(line) == 1
    assert "in\tmail </pre>" in body or "in\t\tmail </pre>" in body
