"""The desk chief's numbers as a page; its address has to be wired into the admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from corrections.models import Case
from corrections.statistics.report import build_report, format_duration
from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF
from newsroom.models import Article
from tests.corrections.statistics.settled_cases import hours, numbers_of, settled
from tests.support.admin_page import Answer, tree
from tests.support.desk_page import LIST, Desk
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
PAGE = f"{LIST}numbers/"


@pytest.fixture
def busy() -> Article:
    """An article with cases of the last days, real time."""
    article = make_article(headline="<b>Bridges</b> & banks")
    for state in (Case.State.PUBLISHED, Case.State.DECLINED, Case.State.ALREADY_FIXED):
        case = settled(article, state, reported=hours(0), look=hours(1), decided=hours(2), by=make_editor())
        Case.objects.filter(pk=case.pk).update(
            first_at=timezone.now() - hours(30),
            looked_at=timezone.now() - hours(27.5),
            decided_at=timezone.now() - hours(2),
        )
    return article


def open_page(query: str = "", *, group: str = DESK_CHIEF) -> Answer:
    return Desk(group=group).client.get(PAGE + query)


def test_only_who_may_see_the_numbers_sees_them() -> None:
    assert open_page(group=DESK_CHIEF).status_code == 200
    assert open_page(group=COPY_EDITOR).status_code == 403


@pytest.mark.usefixtures("busy")
def test_each_chart_has_a_name_a_description_and_a_table() -> None:
    page = tree(open_page())
    charts = page.xpath("//*[name()='svg'][@role='img']")
    assert len(charts) == len(page.xpath("//figure//details//table")) == 5
    for chart in charts:
        names = [page.get_element_by_id(name).text for name in chart.get("aria-labelledby").split()]
        assert all(names), names
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id"))


@pytest.mark.usefixtures("busy")
def test_nothing_on_the_page_needs_an_inline_style() -> None:
    page = tree(open_page())
    content = page.get_element_by_id("content")
    assert not content.xpath(".//@style | .//style | .//script")


def test_words_of_an_article_are_shown_as_words(busy: Article) -> None:
    page = tree(open_page())
    [link] = page.xpath("//ol[@class='numbers-articles']//a")
    assert (link.text, link.get("href")) == ("<b>Bridges</b> & banks", busy.get_absolute_url())


@pytest.mark.usefixtures("busy")
def test_the_page_tells_the_figures() -> None:
    facts = {
        " ".join(fact.xpath("./dt//text()")): " ".join(" ".join(fact.xpath("./dd//text()")).split())
        for fact in tree(open_page()).xpath("//dl[@class='numbers-facts']/div")
    }
    assert facts["Published"] == "1"
    assert facts["Already fixed"] == "1 33% of what was published, declined or already fixed"
    assert facts["Time to first look"] == "2 hours, 30 minutes median, from the first report"


def test_an_empty_period_is_said_in_sentences() -> None:
    page = tree(open_page())
    assert not page.xpath("//*[name()='svg'][@role='img']")
    assert len(page.xpath("//p[@class='desk-empty']")) == 6


@pytest.mark.parametrize(("query", "chosen"), [("", "30"), ("?days=7", "7"), ("?days=365", "365"), ("?days=9'", "30")])
def test_the_period_is_one_of_four(query: str, chosen: str) -> None:
    page = tree(open_page(query))
    assert page.xpath("//select[@name='days']/option[@selected]/@value") == [chosen]
    assert page.xpath("//a[@data-format]/@href") == [f"{LIST}export.{name}?days={chosen}" for name in ("csv", "json")]


@pytest.mark.usefixtures("busy")
def test_a_language_with_decimal_commas_leaves_the_coordinates_alone(settings: Any) -> None:
    settings.LANGUAGE_CODE = "de"
    page = tree(open_page("?days=365"))
    coordinates = page.xpath("//*[name()='svg'][@role='img']//@*[name()='x' or name()='y' or name()='width']")
    assert any("." in number for number in coordinates)
    assert not any("," in number for number in coordinates)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    settled(make_article(), Case.State.DECLINED, reported=hours(9), decided=hours(2))
    with translation.override("de"):
        page = build_report(numbers_of())
        assert page.flow is not None
        assert page.flow.table.rows[0][0] == "16. Februar"


@pytest.mark.parametrize(
    ("length", "words"),
    [(None, "–"), (timedelta(0), "0 minutes"), (hours(-1), "0 minutes"), (hours(49.5), "2 days, 1 hour")],
)
def test_a_length_of_time_is_told_in_its_two_largest_units(length: timedelta | None, words: str) -> None:
    assert format_duration(length).replace("\xa0", " ") == words
