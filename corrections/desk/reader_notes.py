"""Readers' notes, evidence and replies of a case, with duplicates merged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corrections.models import Reply, Suggestion

MOST_REMARKS = 100


@dataclass(frozen=True, slots=True)
class ReaderNote:
    """Sent with `times` suggestions. `link` is the evidence if it is an http(s) URL, else empty."""

    note: str
    replies: list[Reply]
    evidence: str
    link: str
    category: str
    received_at: datetime
    times: int


def reader_notes(suggestions: Iterable[Suggestion]) -> list[ReaderNote]:
    """One per distinct text, so that a hundred "I noticed this too" do not hide the reader who says why.

    Suggestions that were answered have their replies prefetched.
    """
    alike: dict[tuple[object, ...], list[Suggestion]] = {}
    for suggestion in suggestions:
        if suggestion.note or suggestion.evidence_url or suggestion.answered_at:
            words = (suggestion.note, suggestion.evidence_url, suggestion.pk if suggestion.answered_at else None)
            alike.setdefault(words, []).append(suggestion)
    return [_reader_note(group[0], len(group)) for group in list(alike.values())[:MOST_REMARKS]]


def _reader_note(suggestion: Suggestion, times: int) -> ReaderNote:
    evidence = suggestion.evidence_url
    return ReaderNote(
        note=suggestion.note,
        replies=list(suggestion.replies.all()) if suggestion.answered_at else [],
        evidence=evidence,
        link=evidence if evidence.startswith(("https://", "http://")) else "",
        category=suggestion.get_category_display(),
        received_at=suggestion.received_at,
        times=times,
    )
