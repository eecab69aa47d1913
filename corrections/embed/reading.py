"""Which revision a page of a Source showed to a reader, and whether its offsets are those of that revision."""

from dataclasses import dataclass, replace

from corrections.anchoring.relocation import Quote
from corrections.embed.article import current_of, text_digest
from corrections.models import Field
from newsroom.models import Revision, Source
from newsroom.sources.addresses import find_article

MOST_RECENT = 3  # revisions whose text a page may still show: an open tab, a cache of the site


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a page showed; `is_same_text` where the browser's digest says that it reads exactly as the revision."""

    revision: Revision
    is_same_text: bool

    def believed(self, quote: Quote | None) -> Quote | None:
        """The quote, its offsets only where they can be those of the revision; else its words and context place it."""
        if quote is None:
            return None
        if self.is_same_text and quote.field == Field.BODY:
            return replace(quote, revision=self.revision.number)
        return replace(quote, start=None, end=None, revision=self.revision.number)


def page_read(source: Source, *, url: str, external_id: str, digest: str) -> PageRead:
    """Raises NoSnapshot."""
    current = current_of(find_article(source, url=url, external_id=external_id))
    recent = current.article.revisions.select_related("stored_text", "article").order_by("-number")
    for revision in recent.filter(number__lte=current.number)[:MOST_RECENT] if digest else ():
        if revision.content and text_digest(revision.content.text) == digest:
            return PageRead(revision, is_same_text=True)
    return PageRead(current, is_same_text=False)
