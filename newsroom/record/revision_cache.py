"""Cache of revisions that readers have open: submitting a suggestion then costs one INSERT and no SELECT."""

from dataclasses import dataclass
from time import monotonic

from newsroom.audit.head import current_head
from newsroom.models import Revision

MAX_REVISIONS = 4096
MAX_AGE = 60.0  # seconds; changes of an article's slug or state move the head before that


@dataclass(frozen=True, slots=True)
class _CacheEntry:
    head: str
    at: float
    revision: Revision


_cache: dict[tuple[str, int], _CacheEntry] = {}


def cached_revision(slug: str, number: int) -> Revision | None:
    """A revision with its article, cached while the head is unchanged; None where there is none.

    The instance is shared by threads: do not modify it.
    """
    key, head = (slug, number), current_head().name
    known = _cache.get(key)
    if known and known.head == head and monotonic() - known.at < MAX_AGE:
        return known.revision
    revision = Revision.objects.select_related("article").filter(article__slug=slug, number=number).first()
    if revision:
        if len(_cache) >= MAX_REVISIONS:
            _cache.clear()
        _cache[key] = _CacheEntry(head, monotonic(), revision)
    return revision
