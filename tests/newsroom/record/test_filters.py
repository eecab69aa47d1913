"""Which part of the record a reader asks for."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from newsroom.models import Article, Kind
from newsroom.publishing import publish as publishing
from newsroom.record.filters import DateRange, filter_record, month_of, months
from newsroom.record.queries import MICROSECOND
from tests.support.factories import make_article, make_revision
from tests.support.public_pages import html

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str) -> list[str]:
    page = html(client, f"/corrections/{query}")
    return re.findall(r'<li class="correction">.*?/articles/([a-z]+)/', page, re.DOTALL)


@pytest.mark.both_databases
def test_the_record_is_filtered_by_section_kind_language_and_day(client: Client, bridges: Article) -> None:
    other = make_article(slug="bruecken", language="de", body="<p>Der Rat zählt 14 Brücken.</p>")
    Article.objects.filter(pk=other.pk).update(section="World")
    make_revision(other, find="14", put="15", kind=Kind.CLARIFICATION, note="Es sind 15.")
    today = localdate()
    assert listed(client, "") == ["bruecken", "bridges"]
    assert listed(client, "?section=World") == listed(client, "?language=de") == ["bruecken"]
    assert listed(client, "?kind=correction") == ["bridges"]
    assert listed(client, "?kind=correction&language=de") == []
    assert listed(client, f"?since={today}&until={today}") == ["bruecken", "bridges"]
    assert listed(client, f"?until={today - timedelta(days=1)}") == []
    assert listed(client, f"{today.year}/{today.month}/") == ["bruecken", "bridges"]
    assert listed(client, "2001/2/") == []
    assert client.get("/corrections/2001/13/").status_code == 404
    assert client.get(f"/corrections/{10**20}/1/").status_code == 404


@pytest.mark.parametrize("query", ["kind=x", "since=yesterday", "section=%00", "language=xx", "until=0001-01-01"])
def test_a_filter_that_makes_no_sense_is_no_harm(client: Client, bridges: Article, query: str) -> None:
    assert client.get(f"/corrections/?{query}", follow=True).status_code == 200


def test_the_record_counts_what_it_lists(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="14", put="15", kind=Kind.CORRECTION, note="It is 15.")
    page = html(client, "/corrections/")
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["2"]
    assert re.findall(r"corrections/(\d+/\d+)/", page) == [f"{localdate().year}/{localdate().month}"]


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [(2026, 1, 31), (2026, 2, 28), (2024, 2, 29), (1900, 2, 28), (2000, 2, 29), (2026, 4, 30), (2026, 12, 31)],
)
def test_a_month_ends_with_its_last_day(year: int, month: int, days: int) -> None:
    assert month_of(year, month) == DateRange(date(year, month, 1), date(year, month, days))


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (0, 1), (9999, 13), (10**20, 1)])
def test_there_is_no_such_month(year: int, month: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        month_of(year, month)


def make_corrections(monkeypatch: pytest.MonkeyPatch, *moments: datetime) -> None:
    """An article of 2023, and a listed correction of it at each moment."""
    clock = iter([datetime(2023, 6, 1, tzinfo=UTC), *moments])
    monkeypatch.setattr(publishing, "database_now", lambda: next(clock))
    article = make_article()
    for turn in range(len(moments)):
        make_revision(article, find="report", put=f"report {turn}", kind=Kind.CLARIFICATION, note="A second look.")


LAST = datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)


def test_a_correction_of_the_last_second_belongs_to_its_month(monkeypatch: pytest.MonkeyPatch) -> None:
    make_corrections(monkeypatch, LAST, LAST + MICROSECOND, datetime(2024, 3, 31, 23, 59, 59, tzinfo=UTC))
    assert months() == [(date(2024, 3, 1), 2), (date(2024, 2, 1), 1)]
    found = [set(filter_record(month_of(2024, month)).values_list("number", flat=True)) for month in (1, 2, 3, 4)]
    assert found == [set(), {2}, {3, 4}, set()]


def test_a_month_is_that_of_the_site(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Kyiv"  # two hours before UTC in winter
    make_corrections(monkeypatch, datetime(2024, 1, 31, 21, 59, 59, tzinfo=UTC), datetime(2024, 1, 31, 22, tzinfo=UTC))
    assert months() == [(date(2024, 2, 1), 1), (date(2024, 1, 1), 1)]
    found = [list(filter_record(month_of(2024, month)).values_list("number", flat=True)) for month in (1, 2)]
    assert found == [[2], [3]]
