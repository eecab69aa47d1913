"""What crawlers are told."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article, Kind
from newsroom.views.sitemaps import ArticleSitemap
from tests.support.factories import current_revision, make_article, make_revision

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(client: Client, path: str = "/sitemap.xml") -> tuple[str, dict[str, str | None]]:
    """The name of the root, and each address with its date."""
    answer = client.get(path, headers={"Host": "testserver"})
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    told = {each.findtext(f"{NAMESPACE}loc", ""): each.findtext(f"{NAMESPACE}lastmod") for each in root}
    return root.tag.removeprefix(NAMESPACE), told


def test_every_article_is_named_with_its_last_change(client: Client, bridges: Article) -> None:
    Article.objects.create(slug="draft")
    day = current_revision(bridges).published_at.date().isoformat()
    root, told = read(client)
    told.pop(f"{settings.SITE_URL}/privacy/", None)  # a page of the correction desk
    assert root == "urlset"
    assert told == {
        f"{settings.SITE_URL}/": day,
        f"{settings.SITE_URL}/corrections/": day,
        f"{settings.SITE_URL}/policy/": None,
        f"{settings.SITE_URL}/articles/bridges/": day,
    }


def test_many_articles_are_parted(client: Client, bridges: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    for _each in range(4):
        make_article()
    monkeypatch.setattr(ArticleSitemap, "limit", 2)
    root, parts = read(client)
    assert root == "sitemapindex"
    assert list(parts) == [f"{settings.SITE_URL}/sitemap-{number}.xml" for number in (1, 2, 3)]
    told = [read(client, part.removeprefix(settings.SITE_URL))[1] for part in parts]
    articles = [[address for address in each if "/articles/" in address] for each in told]
    assert [len(each) for each in articles] == [2, 2, 1]
    assert len({address for each in articles for address in each}) == 5
    assert f"{settings.SITE_URL}/" in told[0]
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_a_change_shows(client: Client, bridges: Article) -> None:
    before = client.get("/sitemap.xml")["ETag"]
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    make_article(slug="harbour")
    answer = client.get("/sitemap.xml", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert b"/articles/harbour/" in answer.content


def test_an_empty_site_has_a_sitemap_too(client: Client) -> None:
    assert read(client)[1][f"{settings.SITE_URL}/"] is None


def test_crawlers_are_kept_out_of_private_places(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    for private in ("/suggestions/abc/", "/admin/", "/admin/corrections/case/", "/api/suggestions/abc"):
        assert not robots.can_fetch("Anybot", private)
    for public in ("/", "/articles/bridges/", "/corrections/", "/api/corrections", "/articles/bridges/timemap/"):
        assert robots.can_fetch("Anybot", public)
    assert robots.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]
