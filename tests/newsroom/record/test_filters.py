"""Which part of the record a reader asks for."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from newsroom.models import Article, Kind
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
    assert client.get(f"/corrections/?{query}").status_code == 200


def test_the_record_counts_what_it_lists(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="14", put="15", kind=Kind.CORRECTION, note="It is 15.")
    page = html(client, "/corrections/")
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["2"]
    assert re.findall(r"corrections/(\d+/\d+)/", page) == [f"{localdate().year}/{localdate().month}"]
