"""Who has a case open is seen by others, skipped by the next case, and asked about before a decision."""

from typing import Any

import pytest

from corrections.decisions.outcomes import assign_case
from corrections.models import Case
from newsroom.models import Article
from tests.conftest import Broker
from tests.support.admin_page import Answer, tree
from tests.support.desk_page import Desk, address_of, make_case, told
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(broker: Broker) -> Article:
    return make_article()


def beat(desk: Desk, case: Case, **said: str) -> Any:
    """What the page's script sends while it is open."""
    return desk.client.post(f"/admin/corrections/case/{case.pk}/presence/", said)


def names_on(page: Answer) -> list[str]:
    return [str(name) for name in tree(page).xpath("//*[@data-presence and not(@hidden)]//strong/text()")]


def test_who_has_a_case_open_is_named_to_others_until_they_leave(article: Article) -> None:
    case, one, other = make_case(article), Desk(public_name="Ada"), Desk(public_name="Ben")
    assert beat(one, case).json() == {"others": []}
    assert names_on(other.open(case)) == [str(one.editor)]
    assert beat(other, case).json() == {"others": [str(one.editor)]}
    beat(one, case, leave="1")
    assert names_on(other.open(case)) == []


def test_the_next_case_is_one_that_nobody_else_has_open(article: Article) -> None:
    cases = [make_case(article, old, new) for old, new in (("recieve", "receive"), ("three", "four"), ("14", "15"))]
    one, other = Desk(), Desk()
    beat(one, cases[1])
    answer = other.decide(cases[0], "fixed")
    assert answer["Location"].startswith(address_of(cases[2]))


def test_deciding_beside_a_colleague_asks_first_and_once(article: Article) -> None:
    case, one, other = make_case(article), Desk(public_name="Ada"), Desk()
    beat(one, case)
    page = other.decide(case, "fixed")
    assert (page.status_code, "Also working on this case: Ada" in told(page)) == (422, True)
    case.refresh_from_db()
    assert case.state == "open"
    assert other.send(page, "fixed").status_code == 302


def test_deciding_what_is_with_another_asks_first_and_once_and_handing_it_over_does_not(article: Article) -> None:
    case, one, other = make_case(article), Desk(public_name="Ada"), Desk()
    assign_case(case, by=other.editor, to=one.editor)
    page = other.decide(case, "fixed")
    assert (page.status_code, "Also working on this case: Ada" in told(page)) == (422, True)
    assert other.send(page, "fixed").status_code == 302

    second = make_case(article, "three", "four")
    assign_case(second, by=other.editor, to=one.editor)
    assert other.decide(second, "assign", to=str(other.editor.pk)).status_code == 302
    assert other.decide(second, "fixed").status_code == 302


def test_one_who_decided_has_left(article: Article) -> None:
    case, one, other = make_case(article), Desk(), Desk()
    beat(one, case)
    assert one.decide(case, "fixed").status_code == 302
    assert names_on(other.open(case)) == []
