"""The site's public record as an Atom feed."""

from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from newsroom.models import Revision
from newsroom.pagecache import cached_page
from newsroom.published import PAGE_SIZE, headline_of, listed_revisions
from newsroom.seals import seal_of

# The namespace of what Atom has no element for.
RECORD = "urn:x-corrigenda:record"


class PlainAtom(Atom1Feed):
    """Atom whose entries are plain text in a language of their own, each with the head of the record after it."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:record": RECORD}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        # Django would put the note into a summary of HTML; it is text, whatever stands in it.
        handler.startElement("content", AttributesImpl({"type": "text"}))
        handler.characters(item["note"])
        handler.endElement("content")
        handler.addQuickElement("record:head", item["head"])


class CorrectionsAtom(Feed[Revision, None]):
    """Every address is absolute and comes from SITE_URL, so that Django adds no host of its own."""

    feed_type = PlainAtom
    language = settings.LANGUAGE_CODE

    @method_decorator(cached_page())
    @method_decorator(require_safe)
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        return _("Corrections – %(site)s") % {"site": settings.SITE_NAME}

    def subtitle(self) -> str:
        return _("What we got wrong, and how it reads now.")

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('corrections')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('corrections-atom')}"

    def feed_guid(self) -> str:
        return self.feed_url()

    def items(self) -> list[Revision]:
        return list(listed_revisions().order_by("-published_at", "-pk")[:PAGE_SIZE])

    def item_title(self, item: Revision) -> str:
        return _("%(kind)s: %(headline)s") % {"kind": item.get_kind_display(), "headline": headline_of(item)}

    def item_description(self, item: Revision) -> None:  # type: ignore[override]  # Django leaves a None out
        return None

    def item_link(self, item: Revision) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Revision) -> str:
        return get_tag_uri(self.item_link(item), item.published_at)

    def item_pubdate(self, item: Revision) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Revision) -> datetime:
        return item.published_at

    def item_author_name(self, item: Revision) -> str:
        return item.editor_name or _("The desk")

    def item_categories(self, item: Revision) -> list[str]:
        return [item.kind]

    def item_extra_kwargs(self, item: Revision) -> dict[str, str]:
        return {"note": item.note, "language": item.article.language, "head": seal_of(item)}
