"""Open Graph (ogp.me): what a messenger or a social network shows of an article whose address was shared."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from newsroom.http.links import absolute
from newsroom.models import Article, Revision
from newsroom.record.queries import content_of
from newsroom.text.elements import first_picture

DESCRIPTION_LENGTH = 200  # characters; networks cut off at about so many


@dataclass(frozen=True, slots=True)
class Property:
    """One <meta property="name" content="value">."""

    name: str
    value: str


def open_graph(revision: Revision, *, published_at: datetime) -> list[Property]:
    """Of an article's current revision; a retracted article and withheld words are named, not shown."""
    article = revision.article
    retracted = article.state == Article.State.RETRACTED
    content = content_of(revision)
    headline = content.headline if content else article.slug
    properties = {
        "og:type": "article",
        "og:site_name": settings.SITE_NAME,
        "og:title": _("Retracted: %(headline)s") % {"headline": headline} if retracted else headline,
        "og:url": absolute("article", article.slug),
        "og:locale": article.language.replace("-", "_"),
        "article:published_time": published_at.isoformat(timespec="seconds"),
        "article:modified_time": revision.published_at.isoformat(timespec="seconds"),
        "article:section": article.section,
    }
    if content and not retracted:
        properties["og:description"] = content.standfirst or Truncator(content.text).chars(DESCRIPTION_LENGTH)
        if picture := first_picture(content.body):
            properties |= {
                "og:image": urljoin(f"{settings.SITE_URL}/", picture.src),
                "og:image:alt": picture.alt,
                "og:image:width": picture.width,
                "og:image:height": picture.height,
            }
    return [Property(name, value) for name, value in properties.items() if value]
