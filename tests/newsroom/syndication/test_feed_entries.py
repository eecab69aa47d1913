"""What stands in a feed, before it is written in a format."""

import pytest
from django.conf import settings
from django.http import Http404
from django.utils.translation import override

from newsroom.models import Article, AuditHead, Kind
from newsroom.record.policy_table import MEANINGS
from newsroom.record.queries import EPOCH
from newsroom.syndication.feed_entries import Feed, article_record, section_record, site_record
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.public_pages import NOTE

pytestmark = pytest.mark.django_db
HEADLINE = "Report on the bridges is due"


def test_an_entry_holds_what_both_formats_print(bridges: Article) -> None:
    [entry] = site_record().entries
    revision = current_revision(bridges)
    address = f"{settings.SITE_URL}/articles/bridges/"
    assert (entry.kind, entry.revision, entry.language, entry.text) == ("correction", 2, "en", NOTE)
    assert (entry.url, entry.article_url) == (f"{address}revisions/2/", address)
    assert entry.diff_url == f"{address}changes/1...2/"
    assert (entry.digest, entry.published_at, entry.head) == (
        revision.digest,
        revision.published_at,
        str(AuditHead.objects.get()),
    )
    assert (entry.title, entry.editor, entry.thanked) == (f"Correction: {HEADLINE}", "Our editors", [])
    assert entry.id == f"tag:127.0.0.1,{revision.published_at:%Y-%m-%d}:/articles/bridges/revisions/2//"


def test_the_first_revision_was_changed_from_nothing(bridges: Article) -> None:
    entries = article_record("bridges").entries
    assert [entry.revision for entry in entries] == [2, 1]
    assert entries[1].diff_url is None
    assert entries[1].text == str(MEANINGS[Kind.PUBLICATION])


def test_a_feed_was_updated_with_its_newest_entry(bridges: Article) -> None:
    assert site_record().updated_at == current_revision(bridges).published_at
    Article.objects.update(section="World")
    assert section_record("World").updated_at == current_revision(bridges).published_at
    assert Feed("", "", "", "", "", []).updated_at == EPOCH


def test_each_feed_knows_its_own_addresses(bridges: Article) -> None:
    for feed, path in (
        (site_record(), "/corrections/feed"),
        (section_record("Local"), "/corrections/sections/Local/feed"),
        (article_record("bridges"), "/articles/bridges/changes/feed"),
    ):
        assert (feed.atom_url, feed.json_url) == (
            f"{settings.SITE_URL}{path}.atom",
            f"{settings.SITE_URL}{path}.json",
        )


@pytest.mark.parametrize("section", ["Nowhere", "", "Local\0", "local"])
def test_a_section_without_articles_has_no_feed(bridges: Article, section: str) -> None:
    with pytest.raises(Http404):
        section_record(section)


def test_an_entry_is_in_the_language_of_its_article_whatever_the_feed_speaks(bridges: Article) -> None:
    article = make_article(language="de")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note="Vier, nicht drei: four, not three.")
    with override("fr"):
        feed = site_record()
    assert feed.subtitle == "Nos erreurs, et ce qu’il faut lire maintenant."
    assert [entry.title.split(":")[0] for entry in feed.entries] == ["Korrektur", "Correction"]
    assert [entry.editor for entry in feed.entries] == ["Unsere Redaktion", "Our editors"]
