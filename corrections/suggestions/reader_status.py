"""Status of a suggestion as its reader sees it, with links to the published change and the passage."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from corrections.anchoring.spans import Span
from corrections.models import Case, Field, Suggestion
from corrections.suggestions.status_tokens import token_hash
from corrections.triage.placement import Placer
from newsroom.diffs.excerpts import DiffRun, around, excerpt, marked_runs
from newsroom.diffs.words import word_diff
from newsroom.models import Revision, RevisionText
from newsroom.text.fragments import spot_address


class ReaderStatus(StrEnum):
    """States shown to readers; each internal state maps to one of them."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    QUESTION = "question"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    DECLINED = "declined"
    ALREADY_FIXED = "already_fixed"
    WITHDRAWN = "withdrawn"


STATUS_OF_CASE = {
    Case.State.OPEN: ReaderStatus.IN_REVIEW,
    Case.State.PROPOSED: ReaderStatus.IN_REVIEW,
    Case.State.HELD: ReaderStatus.IN_REVIEW,
    Case.State.ASKED: ReaderStatus.QUESTION,
    Case.State.HANDED_OVER: ReaderStatus.ACCEPTED,
    Case.State.DECIDED: ReaderStatus.IN_REVIEW,
    Case.State.MERGED: ReaderStatus.IN_REVIEW,
    Case.State.SPAM: ReaderStatus.DECLINED,
    Case.State.PUBLISHED: ReaderStatus.PUBLISHED,
    Case.State.DECLINED: ReaderStatus.DECLINED,
    Case.State.ALREADY_FIXED: ReaderStatus.ALREADY_FIXED,
    Case.State.WITHDRAWN: ReaderStatus.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class SuggestionStatus:
    """`url` is a deep link to the published change."""

    status: ReaderStatus
    question: str | None = None
    reason: str | None = None
    revision: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CurrentPassage:
    """A passage in the current revision: highlighted in its context, and a deep link to it.

    Both are None where it has no certain place any more, or where it never stood: in a page that a browser translated.
    """

    runs: list[DiffRun] | None
    link: str | None
    was_there: bool = True
    is_as_sent: bool = False
    """It reads as the reader saw it, so only its place is worth telling."""


def suggestion_of(token: str, *related: str) -> Suggestion:
    """The suggestion of a private link, with the rows that its status reads, and `related` ones.

    Raises Suggestion.DoesNotExist.
    """
    rows = Suggestion.objects.select_related("article", "read_in", "case__published_in__article", *related)
    return rows.get(token_hash=token_hash(token))


def suggestion_status(suggestion: Suggestion) -> SuggestionStatus:
    """The status for the suggestion's sender. A failed triage still reads as received.

    A withdrawn suggestion stays withdrawn, whatever happens to its case.
    """
    if suggestion.withdrawn_at:
        return SuggestionStatus(ReaderStatus.WITHDRAWN)
    case = suggestion.case
    if case is None and suggestion.status == Suggestion.Status.SPAM:
        return SuggestionStatus(ReaderStatus.DECLINED)
    if case is None:
        return SuggestionStatus(ReaderStatus.RECEIVED)
    status = STATUS_OF_CASE[Case.State(case.state)]
    if status is ReaderStatus.QUESTION and suggestion.answered_at:
        status = ReaderStatus.IN_REVIEW
    return SuggestionStatus(
        status=status,
        question=case.question if status is ReaderStatus.QUESTION else None,
        reason=case.reason or None,
        revision=case.published_in.number if case.published_in else None,
        url=spot_url(case),
    )


def spot_url(case: Case) -> str | None:
    """Absolute deep link to the published words; None before publication."""
    if case.published_in is None:
        return None
    address = settings.SITE_URL + case.published_in.get_absolute_url()
    if case.spot_start is None:
        return address
    # Fields other than the body are one line, with an id of their own.
    spot = f"spot-{case.spot_start}-{case.spot_end}" if case.field == Field.BODY else case.field
    return f"{address}#{spot}"


def spot_link(case: Case) -> str | None:
    """The same as a relative link that works without JavaScript too (text fragment)."""
    if case.published_in is None:
        return None
    path, span = case.published_in.get_absolute_url(), _span(case.spot_start, case.spot_end)
    return _passage_link(path, case.field, span) if span else path


def published_runs(case: Case) -> list[DiffRun]:
    """Word diff of the published change in its context; empty where it has no span or a text was withheld."""
    start, end, revision = case.spot_start, case.spot_end, case.published_in
    if revision is None or revision.based_on is None or start is None or end is None:
        return []
    versions = RevisionText.objects.in_bulk([revision.based_on.pk, revision.pk])
    if len(versions) < 2:  # one was withheld
        return []
    old, new = (versions[each.pk].canonical(case.field) for each in (revision.based_on, revision))
    before, after = around(new, start, end)
    runs, at = list[DiffRun](), 0
    for piece in word_diff(old, new):
        if piece.op == "delete":
            shown = piece.text if start <= at <= end else ""
        else:
            first, last = (start - len(before), end + len(after)) if piece.op == "equal" else (start, end)
            shown = new[max(at, first) : min(at + len(piece.text), last)]
            at += len(piece.text)
        runs.append(DiffRun(piece.op, shown))
    return excerpt(runs)


def current_passage(suggestion: Suggestion) -> CurrentPassage | None:
    """The reader's passage in the current revision; None once the case is decided, or for the article as a whole.

    `suggestion` has prefetched its case, `case__anchored_in__stored_text` and `read_in__stored_text`.
    """
    case = suggestion.case
    if case is None or not suggestion.field or not (case.is_open or case.state == Case.State.ALREADY_FIXED):
        return None
    revision = case.anchored_in
    span = _own_span(suggestion, revision) if suggestion.merged_from_id else _span(case.start, case.end)
    words = revision.content
    if span is None or words is None:
        return CurrentPassage(None, None, was_there=_was_there(suggestion)) if case.is_open else None
    text = words.canonical(suggestion.field)
    before, after = around(text, span.start, span.end)
    runs = excerpt(marked_runs(text[span.start : span.end], before=before, after=after))
    link = _passage_link(revision.get_absolute_url(), suggestion.field, span)
    is_as_sent = revision.pk == suggestion.read_in_id and text[span.start : span.end] == suggestion.exact
    return CurrentPassage(runs, link, is_as_sent=is_as_sent)


def _was_there(suggestion: Suggestion) -> bool:
    """Whether the words stood in the revision that the reader saw; of a withheld text nothing is said."""
    content = suggestion.read_in.content
    return content is None or suggestion.exact in content.canonical(suggestion.field)


def _own_span(suggestion: Suggestion, revision: Revision) -> Span | None:
    """The span of a suggestion whose case was opened by a suggestion about another passage."""
    if suggestion.read_in.content is None or revision.content is None:
        return None
    anchor = Placer(revision).place(suggestion).anchor
    return _span(anchor.start, anchor.end)


def _span(start: int | None, end: int | None) -> Span | None:
    return Span(start, end) if start is not None and end is not None else None


def _passage_link(path: str, field: str, span: Span) -> str:
    return spot_address(path, start=span.start, end=span.end) if field == Field.BODY else f"{path}#{field}"
