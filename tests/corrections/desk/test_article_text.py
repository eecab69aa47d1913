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
    assert (mark.xpath("./del/text()"), mark.xpath("./ins/text()")) == (["recieve"], ["receive"])
    assert "The council will recievereceive the report on Tuesday." in mark.getparent().text_content()


def test_every_copy_is_marked_where_the_passage_stands_more_than_once() -> None:
    article = make_article(body="<p>One bridge and one bridge and one bridge.</p>")
    case = make_case(article, "bridge", "ferry")
    Case.objects.filter(pk=case.pk).update(anchor="ambiguous", start=None, end=None)
    page = Desk().open(case)
    assert len(tree(page).xpath("//mark")) == 3
    assert "edit-article" in buttons(page)


def test_the_article_stands_there_as_it_is_published() -> None:
    body = "<h2>Fares</h2><table><tr><th>Day</th><td>recieve</td></tr></table><figure><p>x</p></figure>"
    page = tree(Desk().open(make_case(make_article(body=body))))
    [article] = page.xpath("//div[@class='case-body']")
    assert article.xpath(".//h2/text()") == ["Fares"]
    assert article.xpath(".//tr/td//ins/text()") == ["receive"]


def test_what_a_reader_sent_is_no_markup() -> None:
    page = Desk().open(make_case(make_article(), "recieve", "<img src=x onerror=alert(1)>"))
    assert b"&lt;img src=x onerror" in page.content
    assert not tree(page).xpath("//ins//img")


def test_a_proposal_is_tracked_in_the_whole_article() -> None:
    case = make_case(make_article(), "14", "15", category="fact")
    Desk().decide(case, "propose", note="It is 15 bridges, not 14.", kind="correction")
    page = tree(Desk().open(case))
    shown = page.xpath("//div[@class='case-body']")[0]
    assert (shown.xpath(".//del/text()"), shown.xpath(".//ins/text()")) == (["14"], ["15"])
