"""A reader who asked to be named stands beside the correction wherever it is told, until they change their mind."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client

from corrections.models import Case, Suggestion
from corrections.suggestions.credits import median_wait
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Article
from newsroom.record.queries import MICROSECOND
from tests.support.desk_page import Desk, make_case
from tests.support.factories import current_revision, make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
ADA = "Ada <Lovelace> & daughter"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


@pytest.fixture
def reader(article: Article) -> Suggestion:
    """Asked to be named, and is right; another who reported the same said their name and no more."""
    case = make_case(article, credit=ADA)
    make_case(article, name="Otto Stillwater")
    Desk().decide(case, "publish", kind="clarification", note="We wrote “recieve”; it is “receive”.")
    assert Case.objects.get().state == Case.State.PUBLISHED
    return Suggestion.objects.get(name=ADA)


def told(client: Client) -> set[tuple[str, ...]]:
    """The names beside the correction, in each feed and the API; one answer where all say the same."""
    credit = client.get("/api/corrections").json()["items"][0]["credit"]
    names: set[tuple[str, ...]] = {(credit,) if credit else ()}
    for place in ("/corrections", "/articles/bridges/changes"):
        [entry, *_older] = feedparser.parse(client.get(f"{place}/feed.atom").content).entries
        names.add(tuple(each.name for each in entry.get("contributors", [])))
        names.add(tuple(client.get(f"{place}/feed.json").json()["items"][0]["_record"]["credit"]))
    return names


def pages(client: Client) -> str:
    addresses = ("/corrections/", "/articles/bridges/changes/")
    return "".join(client.get(address).content.decode() for address in addresses)


def test_the_name_stands_in_every_feed_the_api_and_the_pages(client: Client, reader: Suggestion) -> None:
    assert told(client) == {(ADA,)}
    assert pages(client).count("Ada &lt;Lovelace&gt; &amp; daughter") == 2
    assert "Otto" not in pages(client)


def test_who_says_nothing_is_not_named(client: Client, article: Article) -> None:
    Desk().decide(make_case(article, name="Otto"), "publish", kind="clarification", note="“recieve” is “receive”.")

    assert told(client) == {()}
    assert "Pointed out by" not in pages(client)


@pytest.mark.parametrize("verb", ["credit", "erase"])
def test_it_leaves_every_place_at_once(client: Client, reader: Suggestion, verb: str) -> None:
    told(client), pages(client)  # every cache holds it

    client.post(f"/suggestions/{status_token(reader.pk)}/{verb}/", {"name": ADA})

    assert told(client) == {()}
    assert "Ada" not in pages(client)


def test_the_name_can_be_given_after_the_publication(client: Client, article: Article) -> None:
    case = make_case(article)
    Desk().decide(case, "publish", kind="clarification", note="“recieve” is “receive”.")
    assert "Pointed out by" not in pages(client)

    token = status_token(Suggestion.objects.get().pk)
    client.post(f"/suggestions/{token}/credit/", {"name": ADA, "credit": "1"})

    assert told(client) == {(ADA,)}


def test_a_reader_whose_report_was_merged_is_thanked_too(client: Client, article: Article) -> None:
    case, other = make_case(article), make_case(article, "three", "four", credit=ADA)
    Desk().decide(case, "merge", others=str(other.pk))
    Desk().decide(Case.objects.get(pk=case.pk), "publish", kind="clarification", note="“recieve” is “receive”.")

    assert told(client) == {(ADA,)}


def test_the_name_goes_with_a_suggestion_that_is_still_open_nowhere(client: Client, article: Article) -> None:
    make_suggestion(article, credit=ADA)

    assert "Ada" not in pages(client)


def test_the_median_wait_is_that_of_corrections_from_the_first_instant_to_before_the_last(article: Article) -> None:
    Desk().decide(make_case(article), "publish", kind="clarification", note="“recieve” is “receive”.")
    at = current_revision(article).published_at
    Case.objects.update(first_at=at - timedelta(hours=5))
    spans = [(at, None), (at + MICROSECOND, None), (None, at), (None, at + MICROSECOND), (None, None)]
    hours = timedelta(hours=5)
    assert [median_wait(since, until) for since, until in spans] == [hours, None, None, hours, hours]
