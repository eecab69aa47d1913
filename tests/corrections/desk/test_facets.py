"""What stands beside the filters: the choices and how many cases each would show."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from corrections.desk import case_list as queue
from corrections.desk import facets
from corrections.desk.list_params import parse_list_params
from tests.corrections.desk.mixed_queue import make_queue
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk
from tests.support.factories import make_editor

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases


def shown(desk: Desk, **query: str) -> list[int]:
    links = tree(desk.client.get(LIST, query)).xpath("//ol//h2/a/@href")
    return [int(link.partition("?")[0].split("/")[-3]) for link in links]


def options(desk: Desk, **query: str) -> dict[tuple[str, str], str]:
    """The number beside each choice of each filter."""
    page = tree(desk.client.get(LIST, query))
    return {
        (option.xpath("../@name")[0], option.get("value")): option.text.rpartition("(")[2].rstrip(")")
        for option in page.xpath("//form[@role='search']//select/option")
    }


def states(desk: Desk, **query: str) -> dict[str, str]:
    tabs = tree(desk.client.get(LIST, query)).xpath("//nav[contains(@class, 'desk-tabs')]//a")
    return {tab.xpath("text()")[0].strip(): tab.xpath("span/text()")[0] for tab in tabs}


@both_databases
@pytest.mark.parametrize("query", [{}, {"kind": "fact"}, {"q": "r"}, {"state": "all", "section": "Local"}])
def test_the_number_beside_a_choice_is_the_number_of_cases_that_it_shows(query: dict[str, str]) -> None:
    desk = Desk()
    make_queue(desk)
    numbers = options(desk, **query)
    assert len(numbers) > 40
    for (name, value), number in numbers.items():
        view = parse_list_params(QueryDict(urlencode({**query, name: value})), desk.editor)
        assert number == str(queue.count_waiting(view, most=1000)), (name, value)


@both_databases
@pytest.mark.parametrize("query", [{}, {"kind": "typo"}, {"q": "closed"}])
def test_each_state_says_how_many_cases_it_has(query: dict[str, str]) -> None:
    desk = Desk()
    make_queue(desk)
    numbers = states(desk, **query)
    for name, value in (("Open", "open"), ("Declined", "declined"), ("On hold", "held"), ("All", "all")):
        assert numbers[name] == str(len(shown(desk, **{**query, "state": value}))), name


def test_a_long_list_is_counted_no_further_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "COUNT_CAP", 2)
    desk = Desk()
    make_queue(desk)
    page = tree(desk.client.get(LIST))
    assert states(desk)["Open"] == "2+"
    assert states(desk)["Declined"] == "1"
    assert options(desk)["kind", "fact"] == "2+"
    assert options(desk)["kind", "link"] == "0+"
    assert "means at least this many" in page.text_content()
    monkeypatch.setattr(facets, "COUNT_CAP", 1000)
    assert "means at least this many" not in tree(desk.client.get(LIST)).text_content()


def test_nothing_is_counted_without_an_end() -> None:
    desk = Desk()
    make_queue(desk)
    with CaptureQueriesContext(connection) as queries:
        desk.client.get(LIST, {"kind": "fact"})
    counts = [query["sql"] for query in queries if "count(" in query["sql"].lower()]
    assert counts
    for statement in counts:
        assert statement.lower().count("count(") <= statement.count("LIMIT")


def test_sections_articles_and_editors_are_chosen_from_lists() -> None:
    desk = Desk()
    article = make_queue(desk)
    colleague = make_editor(public_name="Mara Lind")
    page = tree(desk.client.get(LIST))
    assert page.xpath("//select[@name='section']/option/@value") == ["", "Harbour", "Local"]
    assert article.slug in page.xpath("//select[@name='article']/option/@value")
    assert "Ferries of the north" in page.xpath("//select[@name='article']")[0].text_content()
    assert str(colleague.pk) in page.xpath("//select[@name='hands']/option/@value")
    assert not page.xpath("//form[@role='search']//input[not(@type='hidden' or @type='search')]")
