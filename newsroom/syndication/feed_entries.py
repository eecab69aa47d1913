"""Content of the feeds, independent of format: of the site, of a section, of an article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.utils.feedgenerator import get_tag_uri
from django.utils.translation import gettext as _

from newsroom.http.links import absolute
from newsroom.languages import activate_language, override_language
from newsroom.models import Article, Kind, Revision
from newsroom.publishing.policy import kind_name
from newsroom.record.desk_hooks import credits_of
from newsroom.record.policy_table import MEANINGS
from newsroom.record.queries import EPOCH, PAGE_SIZE, content_of, headline_of, is_public_section, listed_revisions
from newsroom.record.seals import SEAL, seal_of


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One revision; `thanked` are credited readers, `head` is SEQ:HASH of the audit record after its publication."""

    id: str
    title: str
    text: str
    language: str
    kind: str
    revision: int
    digest: str
    editor: str
    thanked: list[str]
    published_at: datetime
    url: str
    article_url: str
    diff_url: str | None
    head: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Metadata of a feed, and its entries, newest first."""

    title: str
    subtitle: str
    url: str
    atom_url: str
    json_url: str
    entries: list[FeedEntry]

    @property
    def updated_at(self) -> datetime:
        """A fixed date for an empty feed: today's would change its ETag with each request."""
        return max((entry.published_at for entry in self.entries), default=EPOCH)


def site_record() -> Feed:
    revisions = listed_revisions().order_by("-published_at", "-pk")[:PAGE_SIZE]
    return Feed(
        title=_("Corrections – %(site)s") % {"site": settings.SITE_NAME},
        subtitle=_("What we got wrong, and how it reads now."),
        url=absolute("corrections"),
        atom_url=absolute("corrections-atom"),
        json_url=absolute("corrections-json"),
        entries=_entries(revisions),
    )


def section_record(section: str) -> Feed:
    """Raises Http404 for a section without published articles."""
    if not is_public_section(section):
        raise Http404
    revisions = listed_revisions().filter(article__section=section).order_by("-published_at", "-pk")[:PAGE_SIZE]
    return Feed(
        title=_("Corrections in %(section)s – %(site)s") % {"section": section, "site": settings.SITE_NAME},
        subtitle=_("What we got wrong in this section, and how it reads now."),
        url=absolute("corrections"),
        atom_url=absolute("section-atom", section),
        json_url=absolute("section-json", section),
        entries=_entries(revisions),
    )


def article_record(slug: str) -> Feed:
    """All revisions of one article, also of kinds that the site's feed leaves out. Raises Http404."""
    article = Article.objects.published().with_wording().filter(slug=slug).first()
    if article is None:
        raise Http404
    activate_language(article.language)
    revisions = (
        article.revisions.newest_first()
        .annotate(seal=SEAL)
        .select_related("article__current__stored_text", "editor")
        .defer("article__current__stored_text__body", "article__current__stored_text__text")
    )
    content = content_of(article.current)
    return Feed(
        title=_("Changes to “%(headline)s”") % {"headline": content.headline if content else slug},
        subtitle=_("Every published version of this article."),
        url=absolute("changes", slug),
        atom_url=absolute("article-atom", slug),
        json_url=absolute("article-json", slug),
        entries=_entries(revisions[:PAGE_SIZE]),
    )


def _entries(revisions: Iterable[Revision]) -> list[FeedEntry]:
    shown = list(revisions)
    thanked = credits_of(each.pk for each in shown)
    return [_translated_entry(each, thanked.get(each.pk, [])) for each in shown]


def _translated_entry(revision: Revision, thanked: list[str]) -> FeedEntry:
    """Translated into the language of its article."""
    with override_language(revision.article.language):
        return _entry(revision, thanked)


def _entry(revision: Revision, thanked: list[str]) -> FeedEntry:
    article, kind = revision.article, Kind(revision.kind)
    url = absolute("revision", article.slug, revision.number)
    name, headline = kind_name(kind, article.language)[0], headline_of(revision)
    return FeedEntry(
        id=get_tag_uri(url, revision.published_at),
        title=_("%(kind)s: %(headline)s") % {"kind": name, "headline": headline} if headline else name,
        text=revision.note or str(MEANINGS[kind]),
        language=article.language,
        kind=revision.kind,
        revision=revision.number,
        digest=revision.digest,
        editor=revision.editor_name or _("Our editors"),
        thanked=thanked,
        published_at=revision.published_at,
        url=url,
        article_url=absolute("article", article.slug),
        diff_url=absolute("diff", article.slug, revision.number - 1, revision.number) if revision.based_on_id else None,
        head=seal_of(revision),
    )
