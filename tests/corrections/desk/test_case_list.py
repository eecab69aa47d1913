"""The list of cases: what stands beside its filters, what its search finds, and its pages forth and back."""

from typing import Any

import pytest

from corrections.decisions.outcomes import decline_case
from corrections.desk import case_list as queue
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases


@both_databases
@pytest.mark.parametrize("query", [{}, {"state": "declined"}, {"state": "all"}, {"q": "Report on"}])
def test_pages_lead_forth_and_back_over_every_case(query: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    desk, article = Desk(), make_article()
    for word in ("council", "report", "Tuesday", "bridges", "three"):
        case = make_case(article, word, f"{word}a")
        if query.get("state") == "declined":
            decline_case(case, by=desk.editor, reason="The word is right.")

    forth = walk(desk, "next", {key: [value] for key, value in query.items()})
    assert [len(page) for page in forth] == [2, 2, 1]
    assert len({key for page in forth for key in page}) == 5
    back = walk(desk, "prev", last_query)
    assert back == forth[::-1]


last_query: dict[str, list[str]] = {}


def walk(desk: Desk, rel: str, query: dict[str, Any]) -> list[list[int]]:
    """The keys of each page's cases, following its link to the end; where that was stays in `last_query`."""
    pages, address = [], f"{LIST}?" + "&".join(f"{name}={value[0]}" for name, value in query.items())
    while address:
        last_query.clear()
        last_query.update(
            {p.partition("=")[0]: [p.partition("=")[2]] for p in address.partition("?")[2].split("&") if p}
        )
        page = tree(desk.client.get(address))
        links = page.xpath("//ol//h2/a/@href")
        pages.append([int(link.partition("?")[0].split("/")[-3]) for link in links])
        [following] = page.xpath(f"//a[@rel='{rel}']/@href") or [""]
        address = f"{LIST}{following}" if following else ""
    return pages


@pytest.mark.parametrize("steps", [0, 3, 2000])
def test_frequent_words_are_found_in_the_same_order_as_rare_ones(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MAX_SCAN", steps)
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    desk, article = Desk(), make_article()
    made = [make_case(article, word, f"{word} once").pk for word in ("report", "Tuesday", "bridges", "three", "closed")]
    assert walk(desk, "next", {"q": ["once"]}) == [made[:2], made[2:4], made[4:]]
