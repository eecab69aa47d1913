"""Queue priority: one rank per case, a timestamp that urgency moves earlier."""

from datetime import datetime, timedelta
from math import log2

# The rank is the time of the first report minus a lead for urgency, so the order of two cases never changes with time
# and an index can serve it. The figures are ours: an error of fact in today's news goes before a week-old misspelling,
# and nothing waits for ever.
LEAD_PER_DOUBLING = timedelta(days=1)
CATEGORY_LEAD = {
    "fact": timedelta(days=4),
    "name": timedelta(days=3),
    "clarity": timedelta(days=2),
    "link": timedelta(days=1),
    "typo": timedelta(0),
    "other": timedelta(0),
}
# Age of the article's current revision at the first report.
FRESH, RECENT = timedelta(days=1), timedelta(days=7)
FRESH_LEAD, RECENT_LEAD = timedelta(days=3), timedelta(days=1)


def rank_of(*, first_at: datetime, readers: int, category: str, published_at: datetime) -> datetime:
    """The sort key of the queue, ascending."""
    age = first_at - published_at
    freshness = FRESH_LEAD if age <= FRESH else RECENT_LEAD if age <= RECENT else timedelta(0)
    return first_at - LEAD_PER_DOUBLING * log2(max(readers, 1)) - CATEGORY_LEAD.get(category, timedelta(0)) - freshness
