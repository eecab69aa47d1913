"""Where Ctrl + K leads: the case of a number, articles by their words, the search."""

import pytest

from corrections.desk.home.jump import find_targets
from newsroom.accounts.roles import AUDITOR
from tests.support.desk_page import Desk, address_of, make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


def test_a_number_finds_its_case_and_words_find_articles() -> None:
    case = make_case(make_article(headline="Ferry timetable"))
    editor = make_editor()
    assert find_targets(f"#{case.pk}", by=editor)[0].url == address_of(case)
    [article, search] = find_targets("ferry  TIME", by=editor)
    assert article.label == "Ferry timetable"
    assert search.url.endswith("?q=ferry+TIME")
    assert [each.hint for each in find_targets("nothing of the kind", by=editor)] == [""]


@pytest.mark.parametrize("words", ["", "  ", "9" * 30, "²", "x" * 5000, "%_'\"", "a\0b"])
def test_whatever_is_typed_is_answered(words: str) -> None:
    answer = Desk(group=AUDITOR).client.get("/admin/corrections/case/jump/", {"q": words})
    assert answer.status_code == 200
    assert len(answer.json()["targets"]) == bool(words.strip())


def test_who_may_not_see_cases_is_told_of_nothing() -> None:
    desk = Desk()
    desk.editor.groups.clear()
    assert desk.client.get("/admin/corrections/case/jump/", {"q": "x"}).status_code == 403
