"""schema.org JSON-LD of articles and revisions, with their corrections."""

from typing import Any

from django.conf import settings
from django.db.models import Q

from newsroom.http.links import absolute
from newsroom.models import Article, Kind, Revision
from newsroom.publishing.policy import LISTED_KINDS, kind_name
from newsroom.record.queries import content_of

CONTEXT = "https://schema.org"
# Values of creativeWorkStatus; schema.org suggests the last two and allows others.
RETRACTED, OBSOLETE, PUBLISHED = "Retracted", "Obsolete", "Published"
Data = dict[str, Any]


def article_data(revision: Revision) -> Data:
    """NewsArticle at the article's address, from its current revision."""
    address = absolute("article", revision.article.slug)
    return _news_article(revision, address) | {"archivedAt": absolute("revision", *_key(revision))}


def revision_data(revision: Revision) -> Data:
    """NewsArticle at a revision's permanent address, with corrections made later."""
    address = absolute("revision", *_key(revision))
    return _news_article(revision, address) | {"exampleOfWork": {"@id": absolute("article", revision.article.slug)}}


def _news_article(revision: Revision, address: str) -> Data:
    article = revision.article
    told = list(article.revisions.filter(Q(number=1) | Q(kind__in=LISTED_KINDS)).order_by("number"))
    data = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "inLanguage": article.language,
        "articleSection": article.section,
        "datePublished": told[0].published_at.isoformat(),
        "dateModified": revision.published_at.isoformat(),
        "version": revision.number,
        "creativeWorkStatus": _status(revision),
        "publisher": _publisher(),
        "publishingPrinciples": absolute("policy"),
        # The base is always the previous revision.
        "isBasedOn": absolute("revision", article.slug, revision.number - 1) if revision.based_on_id else None,
        "correction": [_comment(each, article) for each in reversed(told) if Kind(each.kind) in LISTED_KINDS],
        **_words(revision),
    }
    return {name: value for name, value in data.items() if value}


def _words(revision: Revision) -> Data:
    """Empty where withheld. The byline stays one string: only its author knows which names are in it."""
    content = content_of(revision)
    if content is None:
        return {"author": _desk()}
    return {
        "headline": content.headline,
        "description": content.standfirst,
        "author": {"@type": "Person", "name": content.byline} if content.byline else _desk(),
        "creditText": content.byline,
    }


def _status(revision: Revision) -> str:
    if revision.article.state == Article.State.RETRACTED:
        return RETRACTED
    return PUBLISHED if revision.pk == revision.article.current_id else OBSOLETE


def _comment(revision: Revision, article: Article) -> Data:
    return {
        "@type": "CorrectionComment",
        "name": kind_name(Kind(revision.kind), article.language)[0],
        "text": revision.note,
        "inLanguage": article.language,
        "datePublished": revision.published_at.isoformat(),
        "url": _where_it_shows(revision, article),
    }


def _where_it_shows(revision: Revision, article: Article) -> str:
    """Address of the diff, or of the revision where no words changed."""
    if revision.based_on_id is None:
        return absolute("revision", article.slug, revision.number)
    return absolute("diff", article.slug, revision.number - 1, revision.number)


def _publisher() -> Data:
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{settings.SITE_URL}/#publisher",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "publishingPrinciples": absolute("policy"),
        "correctionsPolicy": absolute("policy"),
    }


def _desk() -> Data:
    return {"@type": "NewsMediaOrganization", "@id": f"{settings.SITE_URL}/#publisher", "name": settings.SITE_NAME}


def _key(revision: Revision) -> tuple[str, int]:
    return revision.article.slug, revision.number
