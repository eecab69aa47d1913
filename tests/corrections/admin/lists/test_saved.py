"""Lists that an editor named: theirs alone, above the list and behind Ctrl + K."""

import pytest

from corrections.models import SavedFilter
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, messages

pytestmark = pytest.mark.django_db
NAMES = "//div[@class='desk-saved']//li/a"


@pytest.mark.both_databases
def test_a_list_gets_a_name_and_loses_it_again() -> None:
    desk, other = Desk(), Desk()
    answer = desk.client.post(f"{LIST}lists/?kind=fact&q=ferry&after=1.1&evil=x", {"name": "  Ferry   facts "})
    assert answer["Location"] == f"{LIST}?kind=fact&q=ferry"
    [link] = tree(desk.client.get(LIST)).xpath(NAMES)
    assert (link.text, link.get("href")) == ("Ferry facts", "?kind=fact&q=ferry")
    assert tree(desk.client.get(answer["Location"])).xpath(f"{NAMES}[@aria-current]")
    jump = desk.client.get(f"{LIST}jump/", {"q": "ferry f"}).json()["targets"]
    assert jump[0] == {"label": "Ferry facts", "hint": "your list", "url": f"{LIST}?kind=fact&q=ferry"}

    assert [each["label"] for each in desk.client.get(f"{LIST}jump/").json()["targets"]] == ["Ferry facts"]

    assert not tree(other.client.get(LIST)).xpath(NAMES)
    assert len(other.client.get(f"{LIST}jump/", {"q": "ferry f"}).json()["targets"]) == 1
    saved = SavedFilter.objects.get()
    assert other.client.post(f"{LIST}lists/{saved.pk}/remove/").status_code == 404
    assert desk.client.post(f"{LIST}lists/{saved.pk}/remove/").status_code == 302
    assert not SavedFilter.objects.exists()


def test_the_same_name_again_means_the_new_list_and_there_are_not_too_many() -> None:
    desk = Desk()
    for number in range(20):
        desk.client.post(f"{LIST}lists/?kind=fact", {"name": f"list {number}"})
    desk.client.post(f"{LIST}lists/?kind=typo", {"name": "list 3"})
    assert SavedFilter.objects.get(name="list 3").query == "kind=typo"
    desk.client.post(f"{LIST}lists/?kind=typo", {"name": "one more"})
    assert SavedFilter.objects.count() == 20
    assert "remove one first" in messages(desk)


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\u202eb"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    desk = Desk()
    assert desk.client.post(f"{LIST}lists/?kind=fact", {"name": name}).status_code == 302
    assert not SavedFilter.objects.exists()
