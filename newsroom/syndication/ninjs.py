"""IPTC ninjs 3.0: an article as a news item for other newsrooms' systems."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.http.links import absolute
from newsroom.models import Article, Kind, Revision
from newsroom.publishing.policy import LISTED_KINDS, kind_name
from newsroom.record.queries import content_of

STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
Data = dict[str, Any]


def news_item(current: Revision) -> Data:
    """The current revision, with the corrections so far."""
    article = current.article
    listed = list(article.revisions.filter(kind__in=LISTED_KINDS).newest_first())
    first = current if current.number == 1 else article.revisions.get(number=1)
    item = {
        "standard": STANDARD,
        "uri": absolute("article", article.slug),
        "type": "text",
        "representationType": "full" if content_of(current) else "partial",
        "version": str(current.number),
        "firstCreated": first.published_at.isoformat(timespec="seconds"),
        "versionCreated": current.published_at.isoformat(timespec="seconds"),
        "pubStatus": _status(current),
        "language": article.language,
        "slugline": article.slug,
        "edNote": "\n\n".join(_line(each, article) for each in listed),
        "subjects": [{"name": article.section, "rel": "section"}] if article.section else [],
        "infoSources": [{"name": settings.SITE_NAME, "uri": f"{settings.SITE_URL}/"}],
        "altIds": [
            {"role": "revision", "value": absolute("revision", article.slug, current.number)},
            {"role": "sha256", "value": current.digest},
        ],
        "trustIndicators": [
            {
                "role": "https://schema.org/correctionsPolicy",
                "title": _("How we correct"),
                "href": absolute("policy"),
            }
        ],
        **_words(current, listed),
    }
    return {name: value for name, value in item.items() if value}


def _status(current: Revision) -> str:
    if content_of(current) is None:
        return "withheld"
    return "canceled" if current.article.state == Article.State.RETRACTED else "usable"


def _words(current: Revision, listed: list[Revision]) -> Data:
    content, article = content_of(current), current.article
    notes = [{"role": each.kind, "contentType": "text/plain", "value": _line(each, article)} for each in listed]
    if content is None:
        return {"descriptions": notes}
    standfirst = {"role": "standfirst", "contentType": "text/plain", "value": content.standfirst}
    return {
        "by": content.byline,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": content.headline}],
        "descriptions": [*([standfirst] if content.standfirst else []), *notes],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": content.body},
            {
                "role": "plain",
                "contentType": "text/plain",
                "charCount": len(content.text),
                "wordCount": len(content.text.split()),
                "value": content.text,
            },
        ],
    }


def _line(revision: Revision, article: Article) -> str:
    """A correction in one printable line: date, version, note."""
    day = revision.published_at.date().isoformat()
    name = kind_name(Kind(revision.kind), article.language)[0]
    return _("%(kind)s, %(day)s (version %(number)d): %(note)s") % {
        "kind": name,
        "day": day,
        "number": revision.number,
        "note": revision.note,
    }
