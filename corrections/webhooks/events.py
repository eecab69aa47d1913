"""Pending webhook events, derived from Revision, Case and Suggestion rows and compared with the deliveries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from corrections.models import Case, Delivery, Event, Hook, Notification, Suggestion
from corrections.notifications.reading import read_notifications
from corrections.suggestions.reader_status import spot_url
from newsroom.models import Article, Revision
from newsroom.record.queries import content_of

# How far back each search reaches: longer than any transaction or clock skew delays a row's visibility.
OVERLAP = timedelta(minutes=5)
MAX_EVENTS = 100  # per event type and tick
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
MAX_SUGGESTION_IDS = 500  # per message
FINAL_STATES = (
    *(Case.State.PUBLISHED, Case.State.DECLINED, Case.State.ALREADY_FIXED),
    *(Case.State.WITHDRAWN, Case.State.SPAM),
)
# Final states of suggestions without a case, with the column of their time.
ENDED_AT_COLUMNS = {Suggestion.Status.SPAM: "thrown_out_at", Suggestion.Status.WITHDRAWN: "withdrawn_at"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What happened to one row, found without reading the row.

    `subject` is the key of a revision, a case, or the article of suggestions that had no case.
    """

    event: Event
    subject: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.event.value} {self.subject} {(self.at - EPOCH) // MICROSECOND}"


def parse_occurrence(text: str) -> Occurrence:
    """The inverse of `str`."""
    event, subject, microseconds = text.split()
    return Occurrence(Event(event), int(subject), EPOCH + int(microseconds) * MICROSECOND)


def pending_events(hook: Hook, *, besides: int = 0) -> list[Occurrence]:
    """The subscribed events without a delivery, oldest first: at most MAX_EVENTS of each type, and `besides` more."""
    return [
        Occurrence(Event(event), subject, at)
        for event in hook.events
        for rows in PENDING_ROWS[Event(event)](hook)
        for subject, at in rows[: MAX_EVENTS + besides]
    ]


def read_event(occurrence: Occurrence) -> dict[str, Any] | None:
    """The payload's data; None when the row is gone or says otherwise by now."""
    return EVENT_READERS[occurrence.event](occurrence)


def _published(hook: Hook) -> Iterator["QuerySet[Any, Any]"]:
    yield _since(Revision.objects.all(), hook, Event.REVISION_PUBLISHED, "published_at")


def _created(hook: Hook) -> Iterator["QuerySet[Any, Any]"]:
    # Triage closes cases that are fixed already; they are no work for the desk.
    cases = Case.objects.exclude(state=Case.State.ALREADY_FIXED, decided_by=None)
    yield _since(cases, hook, Event.CASE_CREATED, "created_at")


def _decided(hook: Hook) -> Iterator["QuerySet[Any, Any]"]:
    yield _since(Case.objects.reported().filter(state__in=FINAL_STATES), hook, Event.SUGGESTION_DECIDED, "decided_at")
    # Suggestions that never had a case: one event for those of an article that ended at the same time.
    for status, at in ENDED_AT_COLUMNS.items():
        ended = Suggestion.objects.filter(status=status)
        yield _since(ended, hook, Event.SUGGESTION_DECIDED, at, subject="article").distinct()


def _notified(hook: Hook) -> Iterator["QuerySet[Any, Any]"]:
    yield _since(Notification.objects.filter(is_first=True), hook, Event.DESK_NOTIFIED, "made_at")


def _read_revision(occurrence: Occurrence) -> dict[str, Any] | None:
    revisions = Revision.objects.select_related("article", "stored_text", "editor")
    revision = revisions.filter(pk=occurrence.subject, published_at=occurrence.at).first()
    if revision is None:
        return None
    return {
        "article": _article(revision.article, revision),
        "revision": revision.number,
        "kind": revision.kind,
        "note": revision.note,
        "editor": revision.editor_name or None,
        "published_at": as_iso8601(revision.published_at),
        "digest": revision.digest,
        "url": settings.SITE_URL + revision.get_absolute_url(),
        "diff_url": _diff_url(revision),
    }


def _read_new_case(occurrence: Occurrence) -> dict[str, Any] | None:
    case = _cases().filter(pk=occurrence.subject, created_at=occurrence.at).first()
    if case is None:
        return None
    return {**_case(case), "readers": case.readers, "created_at": as_iso8601(case.created_at)}


def _read_decided(occurrence: Occurrence) -> dict[str, Any] | None:
    case = _cases().filter(pk=occurrence.subject, decided_at=occurrence.at, state__in=FINAL_STATES).first()
    if case is None:
        return _read_ended_without_case(occurrence)
    return {
        **_case(case),
        "outcome": case.state,
        "reason": case.reason or None,
        "revision": case.published_in.number if case.published_in else None,
        "url": spot_url(case),
        "decided_at": as_iso8601(case.decided_at),
        "suggestions": _suggestions(case),
    }


def _read_ended_without_case(occurrence: Occurrence) -> dict[str, Any] | None:
    for status, at in ENDED_AT_COLUMNS.items():
        together = Suggestion.objects.filter(article=occurrence.subject, status=status, **{at: occurrence.at})
        if keys := list(together.order_by("received_at").values_list("pk", flat=True)[:MAX_SUGGESTION_IDS]):
            article = Article.objects.select_related("current__stored_text").get(pk=occurrence.subject)
            return {
                **dict.fromkeys(("case", "field", "category", "passage", "replacement", "desk_url")),
                "article": _article(article, article.current),
                "outcome": status.value,
                **dict.fromkeys(("reason", "revision", "url")),
                "decided_at": as_iso8601(occurrence.at),
                "suggestions": [str(key) for key in keys],
            }
    return None


def _read_notified(occurrence: Occurrence) -> dict[str, Any] | None:
    """What an editor is told, without the words of any note or reader, and without log-in names."""
    found = Notification.objects.filter(pk=occurrence.subject, made_at=occurrence.at)
    first = found.select_related("article__current__stored_text").first()
    if first is None:
        return None
    together = Notification.objects.filter(kind=first.kind, article=first.article, made_at=first.made_at)
    [row] = read_notifications(found, most=1)
    return {
        "kind": first.kind,
        "for": [name for each in together.select_related("recipient") if (name := each.recipient.printed_name)],
        "article": _article(first.article, first.article.current),
        "desk_url": settings.SITE_URL + row.address,
        "at": as_iso8601(first.made_at),
    }


def _since(
    rows: "QuerySet[Any]", hook: Hook, event: Event, at: str, *, subject: str = "pk"
) -> "QuerySet[Any, tuple[int, datetime]]":
    deliveries = Delivery.objects.filter(hook=hook, event=event, subject=OuterRef(subject), happened_at=OuterRef(at))
    since = max(hook.listens_since, hook.told_until - OVERLAP)
    owed = rows.filter(**{f"{at}__gte": since}).exclude(Exists(deliveries))
    return owed.order_by(at, subject).values_list(subject, at)


def _cases() -> "QuerySet[Case]":
    return Case.objects.select_related("article__current__stored_text", "published_in__article")


def _case(case: Case) -> dict[str, Any]:
    """The passage and the change, without personal data or notes."""
    return {
        "case": case.pk,
        "article": _article(case.article, case.article.current),
        "field": case.field or None,
        "category": case.category,
        "passage": case.exact or None,
        "replacement": case.replacement,
        "desk_url": settings.SITE_URL + reverse("admin:corrections_case_change", args=[case.pk]),
    }


def _suggestions(case: Case) -> list[str]:
    """The public ids; withdrawn suggestions count only when the withdrawal closed the case."""
    sent = Suggestion.objects.filter(case=case)
    if case.state != Case.State.WITHDRAWN:
        sent = sent.live()
    return [str(key) for key in sent.order_by("received_at").values_list("pk", flat=True)[:MAX_SUGGESTION_IDS]]


def _article(article: Article, revision: Revision | None) -> dict[str, Any]:
    content = content_of(revision)
    return {
        "slug": article.slug,
        "headline": content.headline if content else None,
        "language": article.language,
        "section": article.section,
        "url": settings.SITE_URL + article.get_absolute_url(),
    }


def _diff_url(revision: Revision) -> str | None:
    if revision.number == 1:
        return None
    pair = [revision.article.slug, revision.number - 1, revision.number]
    return settings.SITE_URL + reverse("diff", args=pair)


def as_iso8601(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, with the row's microseconds."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


PENDING_ROWS = {
    Event.REVISION_PUBLISHED: _published,
    Event.CASE_CREATED: _created,
    Event.SUGGESTION_DECIDED: _decided,
    Event.DESK_NOTIFIED: _notified,
}
EVENT_READERS: dict[Event, Callable[[Occurrence], dict[str, Any] | None]] = {
    Event.REVISION_PUBLISHED: _read_revision,
    Event.CASE_CREATED: _read_new_case,
    Event.SUGGESTION_DECIDED: _read_decided,
    Event.DESK_NOTIFIED: _read_notified,
}
