"""In which order the desk should take its cases: the one rule, and the words that explain it to editors."""

from datetime import datetime, timedelta
from math import log2

# A case waits from its first report on. What makes it urgent moves that moment ahead, so that the order of two cases
# never changes with time and an index can hold it. The figures are ours, chosen so that an error of fact in today's
# news goes before a week-old misspelling, and nothing waits for ever.
DOUBLED_READERS = timedelta(days=1)
OF_CATEGORY = {
    "fact": timedelta(days=4),
    "name": timedelta(days=3),
    "clarity": timedelta(days=2),
    "link": timedelta(days=1),
    "typo": timedelta(0),
    "other": timedelta(0),
}
# How old the article's current revision was when the case was first reported.
FRESH, RECENT = timedelta(days=1), timedelta(days=7)
OF_FRESH, OF_RECENT = timedelta(days=3), timedelta(days=1)


def rank_of(*, first_at: datetime, readers: int, category: str, published_at: datetime) -> datetime:
    """The moment by which the queue is ordered, the earliest first."""
    age = first_at - published_at
    freshness = OF_FRESH if age <= FRESH else OF_RECENT if age <= RECENT else timedelta(0)
    return first_at - DOUBLED_READERS * log2(max(readers, 1)) - OF_CATEGORY.get(category, timedelta(0)) - freshness
