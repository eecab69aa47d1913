"""What readers wrote beside their suggestions, as an editor reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corrections.models import Reply, Suggestion

MOST_REMARKS = 100


@dataclass(frozen=True, slots=True)
class Remark:
    """What stood beside `times` suggestions. `link` is the evidence where a browser may follow it."""

    note: str
    replies: list[Reply]
    evidence: str
    link: str
    category: str
    received_at: datetime
    times: int


def remarks_of(suggestions: Iterable[Suggestion]) -> list[Remark]:
    """One for all who wrote the same: a hundred who press "I noticed this too" must not hide the one who says why.

    The suggestions have their replies at hand.
    """
    alike: dict[tuple[object, ...], list[Suggestion]] = {}
    for suggestion in suggestions:
        is_asked = suggestion.replies.all()
        if suggestion.note or suggestion.evidence_url or is_asked:
            words = (suggestion.note, suggestion.evidence_url, suggestion.pk if is_asked else None)
            alike.setdefault(words, []).append(suggestion)
    return [_remark(group[0], len(group)) for group in list(alike.values())[:MOST_REMARKS]]


def _remark(suggestion: Suggestion, times: int) -> Remark:
    evidence = suggestion.evidence_url
    return Remark(
        note=suggestion.note,
        replies=list(suggestion.replies.all()),
        evidence=evidence,
        link=evidence if evidence.startswith(("https://", "http://")) else "",
        category=suggestion.get_category_display(),
        received_at=suggestion.received_at,
        times=times,
    )
