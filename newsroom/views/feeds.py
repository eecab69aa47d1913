"""Atom and JSON Feed 1.1 of the public record: of the site, of a section, of an article."""

from collections.abc import Callable
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from newsroom.languages import current_language
from newsroom.record.page_cache import cached_page
from newsroom.syndication.feed_entries import Feed, FeedEntry, article_record, section_record, site_record

# XML namespace of our elements in Atom: a URN, since there is no address common to all sites that run this.
NAMESPACE = "urn:x-corrigenda:record"
JSON_FEED = "https://jsonfeed.org/version/1.1"
View = Callable[..., HttpResponse]


class RecordAtom(Atom1Feed):
    """Atom with plain-text entries, an xml:lang for each, and the head of the audit record."""

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:record": NAMESPACE}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["entry"].language}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: FeedEntry = item["entry"]
        # Django would declare the summary as HTML; the note is plain text.
        handler.startElement("content", AttributesImpl({"type": "text"}))
        handler.characters(entry.text)
        handler.endElement("content")
        for name in entry.thanked:
            handler.startElement("contributor", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("contributor")
        if entry.diff_url:
            handler.addQuickElement("link", "", {"rel": "related", "type": "text/html", "href": entry.diff_url})
        handler.addQuickElement("record:head", entry.head)
        handler.addQuickElement("record:revision", str(entry.revision), {"digest": entry.digest})


def _atom(record: Feed) -> HttpResponse:
    feed = RecordAtom(
        title=record.title,
        link=record.url,
        description=None,
        subtitle=record.subtitle,
        language=current_language(),
        author_name=settings.SITE_NAME,
        feed_url=record.atom_url,
        feed_guid=record.atom_url,
        updated=record.updated_at,
    )
    for entry in record.entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=None,  # type: ignore[arg-type]  # Django omits the element for None
            author_name=entry.editor,
            pubdate=entry.published_at,
            updateddate=entry.published_at,
            unique_id=entry.id,
            categories=[entry.kind],
            entry=entry,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _json(record: Feed) -> HttpResponse:
    feed = {
        "version": JSON_FEED,
        "title": record.title,
        "description": record.subtitle,
        "home_page_url": record.url,
        "feed_url": record.json_url,
        "language": current_language(),
        "authors": [{"name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}],
        "items": [_json_item(entry) for entry in record.entries],
    }
    return JsonResponse(
        feed, content_type="application/feed+json; charset=utf-8", json_dumps_params={"ensure_ascii": False}
    )


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    moment = entry.published_at.isoformat(timespec="seconds")
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": moment,
        "date_modified": moment,
        "authors": [{"name": entry.editor}],
        "tags": [entry.kind],
        "language": entry.language,
        "_record": {
            "article": entry.article_url,
            "revision": entry.revision,
            "digest": entry.digest,
            "diff": entry.diff_url,
            "credit": entry.thanked,
            "head": entry.head,
        },
    }


def _feed(read: Callable[..., Feed], answer: Callable[[Feed], HttpResponse]) -> View:
    @cached_page()
    @require_safe
    def feed(request: HttpRequest, /, **scope: str) -> HttpResponse:
        return answer(read(**scope))

    return feed


site_atom, site_json = _feed(site_record, _atom), _feed(site_record, _json)
section_atom, section_json = _feed(section_record, _atom), _feed(section_record, _json)
article_atom, article_json = _feed(article_record, _atom), _feed(article_record, _json)
