"""Remembers which revisions readers have before them, so that a suggestion costs the database its one INSERT."""

from dataclasses import dataclass
from time import monotonic

from newsroom.audit.head import current_head
from newsroom.models import Revision

MAX_KNOWN = 4096
MAX_AGE = 60.0  # seconds; an article's address and state change with an Act, which moves the head


@dataclass(frozen=True, slots=True)
class _Known:
    head: str
    at: float
    revision: Revision


_known: dict[tuple[str, int], _Known] = {}


def revision_read(slug: str, number: int) -> Revision | None:
    """A revision with its article, as both stand while the record's head is the same; None where there is none.

    The instance is shared by threads: read it, and change nothing of it.
    """
    key, head = (slug, number), current_head().name
    known = _known.get(key)
    if known and known.head == head and monotonic() - known.at < MAX_AGE:
        return known.revision
    revision = Revision.objects.select_related("article").filter(article__slug=slug, number=number).first()
    if revision:
        if len(_known) >= MAX_KNOWN:
            _known.clear()
        _known[key] = _Known(head, monotonic(), revision)
    return revision
