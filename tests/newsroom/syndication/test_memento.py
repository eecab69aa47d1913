"""Articles as they stood at any time, asked for by a client of RFC 7089 that knows nothing of this site."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article, Kind
from newsroom.publishing import publish as publishing
from tests.support.factories import make_article, make_revision

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 12, 0, 0, 400_000, tzinfo=UTC)
SLUG = "bridges"
ADDRESS = f"{settings.SITE_URL}/articles/{SLUG}/"


@dataclass
class Link:
    address: str
    relations: set[str]
    moment: datetime | None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Found:
    """What a Memento client ends up with."""

    address: str
    moment: datetime
    links: list[Link]
    body: str


def links(value: str) -> list[Link]:
    found = []
    for address, rest in re.findall(r"<([^>]*)>((?:\s*;\s*[a-z]+=\"[^\"]*\")*)", value):
        attributes = dict(re.findall(r";\s*([a-z]+)=\"([^\"]*)\"", rest))
        moment = parsedate_to_datetime(attributes["datetime"]) if "datetime" in attributes else None
        found.append(Link(address, set(attributes["rel"].split()), moment, attributes))
    return found


def one(found: list[Link], *relations: str) -> Link:
    [link] = [each for each in found if set(relations) <= each.relations]
    return link


class Traveller:
    """Negotiates as the RFC says: from the original to its TimeGate, and where that sends it."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, address: str, **headers: str) -> tuple[int, dict[str, str], str]:
        answer = self.client.get(address.removeprefix(settings.SITE_URL), headers=headers)
        return answer.status_code, dict(answer.items()), answer.content.decode()

    def travel(self, original: str, moment: datetime) -> Found:
        _status, headers, _body = self.get(original)
        timegate = one(links(headers["Link"]), "timegate").address
        status, headers, _body = self.get(timegate, **{"Accept-Datetime": format_datetime(moment, usegmt=True)})
        assert status == 302
        assert "accept-datetime" in headers["Vary"].lower()
        assert "Memento-Datetime" not in headers
        assert one(links(headers["Link"]), "original").address == original
        address = headers["Location"]
        status, headers, body = self.get(address)
        assert status == 200
        return Found(address, parsedate_to_datetime(headers["Memento-Datetime"]), links(headers["Link"]), body)


@pytest.fixture
def article(monkeypatch: pytest.MonkeyPatch) -> Article:
    """Four revisions, a day apart, none of them at a full second."""
    moments = iter(START + timedelta(days=day) for day in range(4))
    monkeypatch.setattr(publishing, "database_now", lambda: next(moments))
    article = make_article(slug=SLUG)
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note="Four instead of three.")
    make_revision(article, find="four", put="five", kind=Kind.CORRECTION, note="Five instead of four.")
    make_revision(article, find="five", put="six", kind=Kind.UPDATE)
    return article


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), 1),
        (START - timedelta(days=300), 1),
        (START - timedelta(seconds=1), 1),
        (START, 1),
        (START + timedelta(days=1, seconds=-1), 1),
        (START + timedelta(days=1), 2),
        (START + timedelta(days=1, hours=5), 2),
        (START + timedelta(days=2, hours=23), 3),
        (START + timedelta(days=3), 4),
        (START + timedelta(days=4000), 4),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 4),
    ],
)
def test_a_client_finds_what_stood_at_a_moment(client: Client, article: Article, moment: datetime, number: int) -> None:
    found = Traveller(client).travel(ADDRESS, moment)
    assert found.address == f"{ADDRESS}revisions/{number}/"
    assert found.moment == START.replace(microsecond=0) + timedelta(days=number - 1)
    assert f"{['three', 'four', 'five', 'six'][number - 1]} are closed" in found.body


def test_a_memento_names_its_neighbours(client: Client, article: Article) -> None:
    shown = Traveller(client).travel(ADDRESS, START + timedelta(days=1)).links
    assert one(shown, "original", "timegate").address == ADDRESS
    assert one(shown, "timemap").address == f"{ADDRESS}timemap/"
    told = {
        relation: one(shown, relation, "memento").address.removeprefix(ADDRESS)
        for relation in ("first", "prev", "next", "last")
    }
    assert told == {"first": "revisions/1/", "prev": "revisions/1/", "next": "revisions/3/", "last": "revisions/4/"}
    assert one(shown, "next").moment == START.replace(microsecond=0) + timedelta(days=2)
    assert len([each for each in shown if "memento" in each.relations]) == 4


def test_the_timemap_has_every_revision(client: Client, article: Article) -> None:
    status, headers, body = Traveller(client).get(f"{ADDRESS}timemap/")
    assert status == 200
    assert headers["Content-Type"].startswith("application/link-format")
    shown = links(body)
    assert one(shown, "original", "timegate").address == ADDRESS
    itself = one(shown, "self")
    assert itself.address == f"{ADDRESS}timemap/"
    assert itself.attributes["type"] == "application/link-format"
    assert parsedate_to_datetime(itself.attributes["from"]) == START.replace(microsecond=0)
    mementos = [each for each in shown if "memento" in each.relations]
    assert [each.address for each in mementos] == [f"{ADDRESS}revisions/{number}/" for number in (1, 2, 3, 4)]
    assert [sorted(each.relations) for each in mementos] == [
        ["first", "memento"],
        ["memento"],
        ["memento"],
        ["last", "memento"],
    ]


def test_an_article_with_one_revision_is_first_and_last(client: Client) -> None:
    make_article(slug="quiet")
    _status, headers, _body = Traveller(client).get("/articles/quiet/")
    assert one(links(headers["Link"]), "first", "last", "memento").address.endswith("/articles/quiet/revisions/1/")


@pytest.mark.parametrize(
    "wanted",
    ["", "yesterday", "2026-03-01T12:00:00Z", "Sun, 31 Feb 2026 12:00:00 GMT", "Sunday, 01-Mar-26 12:00:00 GMT"],
)
def test_what_is_no_date_is_refused(client: Client, article: Article, wanted: str) -> None:
    status, _headers, body = Traveller(client).get(ADDRESS, **{"Accept-Datetime": wanted})
    assert status == 400
    assert "Accept-Datetime" in body


def test_the_present_and_the_past_are_not_mixed_up(client: Client, article: Article) -> None:
    past = {"Accept-Datetime": format_datetime(START, usegmt=True)}
    traveller = Traveller(client)
    for _turn in range(2):
        assert [traveller.get(ADDRESS, **headers)[0] for headers in ({}, past)] == [200, 302]
    for headers in ({}, past):
        assert "accept-datetime" in traveller.get(ADDRESS, **headers)[1]["Vary"].lower()
    etag = traveller.get(ADDRESS)[1]["ETag"]
    assert traveller.get(ADDRESS, **{"If-None-Match": etag})[0] == 304
    assert traveller.get(ADDRESS, **past, **{"If-None-Match": etag})[0] == 302


@pytest.mark.parametrize("path", ["/articles/draft/", "/articles/unknown/", "/articles/draft/timemap/"])
def test_what_was_never_published_has_no_past(client: Client, path: str) -> None:
    Article.objects.create(slug="draft")
    for headers in ({}, {"Accept-Datetime": format_datetime(START, usegmt=True)}):
        assert Traveller(client).get(path, **headers)[0] == 404
