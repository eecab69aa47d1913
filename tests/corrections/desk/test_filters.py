"""What the filters of the list leave."""

import pytest

from corrections.decisions.outcomes import decline_case
from corrections.models import Case
from tests.corrections.desk.mixed_queue import make_queue
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["section", "article", "language", "hands"])
def test_a_value_that_nothing_has_stays_chosen_and_shows_nothing(name: str) -> None:
    desk = Desk()
    make_queue(desk)
    page = tree(desk.client.get(LIST, {name: "nowhere"}))
    assert page.xpath(f"//select[@name='{name}']/option[@selected]/@value") == ["nowhere"]
    assert not page.xpath("//ol[@class='case-list']/li")


@pytest.mark.parametrize(
    ("state", "shown"), [("", 1), ("open", 1), ("declined", 1), ("published", 0), ("all", 2), ("nonsense", 1)]
)
def test_the_list_can_be_narrowed_to_a_state(state: str, shown: int) -> None:
    article = make_article()
    make_case(article)
    decline_case(make_case(article, "report", "account"), by=make_editor(), reason="The word is right.")
    assert len(tree(Desk().client.get(LIST, {"state": state})).xpath("//ol/li")) == shown


def test_the_list_can_be_narrowed_to_an_article() -> None:
    make_case(make_article(slug="one"))
    make_case(make_article(slug="two"))
    assert len(tree(Desk().client.get(LIST, {"article": "two"})).xpath("//ol/li")) == 1


def test_the_list_can_be_narrowed_by_where_the_passage_stands() -> None:
    article = make_article()
    made = {
        "certain": make_case(article),
        "changed": make_case(article, "bridges", "viaducts", category="fact"),
        "removed": make_case(article, "Tuesday", "Monday", category="fact"),
        "whole": make_case(article, None, None, category="other", note="Too long."),
    }
    anchors = {"changed": "changed", "removed": "removed", "ambiguous": "ambiguous", "unplaced": "unplaced"}
    for name in ("ambiguous", "unplaced"):
        made[name] = make_case(article, "three", f"{name} words", category="fact", field="body")
        Case.objects.filter(pk=made[name].pk).update(start=None, end=None, exact=name)
    for name, anchor in anchors.items():
        Case.objects.filter(pk=made[name].pk).update(anchor=anchor)
    client = Desk().client

    for name, case in made.items():
        links = tree(client.get(LIST, {"place": name})).xpath("//ol//h2/a/@href")
        assert [int(link.split("/")[-3]) for link in links] == [case.pk], name
    assert len(tree(client.get(LIST, {"place": "nonsense"})).xpath("//ol//h2/a")) == len(made)


def test_the_list_can_be_narrowed_to_what_the_desk_found_itself() -> None:
    article = make_article()
    case, echo = make_case(article), make_case(make_article())
    Case.objects.filter(pk=echo.pk).update(echo_of=article.current_id)
    client = Desk().client
    for value, there in (("desk", {echo.pk}), ("readers", {case.pk}), ("", {case.pk, echo.pk})):
        page = tree(client.get(LIST, {"found": value, "kind": "typo"}))
        links = page.xpath("//ol[@class='case-list']//h2/a/@href")
        assert {int(link.split("/change")[0].split("/")[-1]) for link in links} == there
        assert page.xpath("//select[@name='kind']/option[@selected]/@value") == ["typo"]
