"""Addresses of a Source's articles, cleaned and looked up."""

import pytest

from newsroom.models import SourceAddress
from newsroom.sources.addresses import BadAddress, clean_url, find_article, is_within, remember
from tests.support.sources import make_source, make_source_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("https://Daily.Example/a?utm_source=x&id=7&fbclid=9#top", "https://daily.example/a?id=7"),
        ("https://ada:secret@daily.example:443", "https://daily.example/"),
        ("http://daily.example:8080/a/", "http://daily.example:8080/a/"),
        ("https://zeitung-süd.example/ä", "https://xn--zeitung-sd-ieb.example/ä"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("https://daily.example/?p=12", "https://daily.example/?p=12"),
    ],
)
def test_an_address_is_kept_without_what_names_a_reader(given: str, cleaned: str) -> None:
    assert clean_url(given) == cleaned


@pytest.mark.parametrize(
    "given",
    [
        "",
        "/a",
        "javascript:alert(1)",
        "https://",
        "https://a b/",
        "ftp://daily.example/",
        "https://[::1/",
        "https://a:x/",
    ],
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(BadAddress):
        clean_url(given)


@pytest.mark.parametrize(
    "url", ["http://daily.example/a", "https://www.daily.example/a", "https://daily.example:444/a"]
)
def test_scheme_host_and_port_count(url: str) -> None:
    source = make_source(origins=["https://daily.example"])
    assert is_within(source, "https://daily.example/a")
    assert not is_within(source, url)


def test_an_article_is_found_by_id_by_address_and_by_alias() -> None:
    article = make_source_article(url="https://daily.example/bridge/", external_id="41")
    source = article.source
    remember(article, "https://daily.example/?p=41")
    for url in (
        "https://daily.example/bridge/",
        "https://daily.example/bridge?utm_campaign=x#end",
        "https://daily.example/?p=41",
    ):
        assert find_article(source, url=url) == article, url
    assert find_article(source, url="https://elsewhere.example/", external_id="41") == article
    assert find_article(source, url="https://daily.example/other") is None
    assert find_article(source, url="no address") is None
    assert find_article(make_source(), url="https://daily.example/bridge/", external_id="41") is None


def test_an_address_stays_with_the_article_that_had_it_first() -> None:
    first = make_source_article(url="https://daily.example/a")
    second = make_source_article(url="https://daily.example/b", source=first.source)
    remember(second, "https://daily.example/a")
    assert SourceAddress.objects.get(source=first.source, url="https://daily.example/a").article == first
