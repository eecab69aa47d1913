"""What an address says of the list, and what leads from there to the next case."""

import pytest
from django.http import QueryDict

from corrections.desk.list_params import order_of, parse_list_params
from corrections.models import Case
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


def test_nonsense_in_an_address_is_the_open_list() -> None:
    params = parse_list_params(QueryDict("state=nowhere&kind=rant"), make_editor())
    assert (params.state, params.is_narrowed, params.query) == ("open", False, "")


def test_words_are_cut_and_hold_nothing_that_cannot_be_printed() -> None:
    params = parse_list_params(QueryDict(f"q=%00a{'b' * 200}"), make_editor())
    assert params.words == "a" + "b" * 119


def test_the_query_keeps_the_filters_and_drops_the_place() -> None:
    params = parse_list_params(QueryDict("state=declined&kind=typo&q=pier&after=1.2"), make_editor())
    assert params.query == "state=declined&kind=typo&q=pier"
    assert params.from_the_start.after == ""


@pytest.mark.parametrize(
    ("state", "order"),
    [("open", ("rank", "pk")), ("all", ("first_at", "pk")), ("declined", ("-decided_at", "-pk"))],
)
def test_what_waits_is_in_order_of_rank(state: str, order: tuple[str, str]) -> None:
    assert order_of(state) == order


def test_behind_a_cursor_stands_neither_its_case_nor_what_was_before() -> None:
    article, editor = make_article(), make_editor()
    first, second, third = (make_case(article, word, f"{word}a") for word in ("council", "report", "Tuesday"))
    for case in (second, third):
        Case.objects.filter(pk=case.pk).update(rank=first.rank)
    second.refresh_from_db()
    cursor = parse_list_params(QueryDict(""), editor).cursor(second)
    assert list(parse_list_params(QueryDict(f"after={cursor}"), editor).cases()) == [third]
    assert list(parse_list_params(QueryDict(f"before={cursor}"), editor).cases()) == [first]
    assert list(parse_list_params(QueryDict("after=nonsense"), editor).cases()) == [first, second, third]
