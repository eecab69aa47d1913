"""Pending webhook events, derived from Revision, Case and Suggestion rows and compared with the deliveries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from corrections.models import Case, Delivery, Event, Hook, Suggestion
from corrections.suggestions.reader_status import spot_url
from newsroom.models import Article, Revision
from newsroom.record.queries import content_of

# How far back each search reaches: longer than any transaction or clock skew delays a row's visibility.
OVERLAP = timedelta(minutes=5)
MAX_EVENTS = 100  # per event type and tick
MAX_SUGGESTION_IDS = 500  # per message
FINAL_STATES = (
    *(Case.State.PUBLISHED, Case.State.DECLINED, Case.State.ALREADY_FIXED),
    *(Case.State.WITHDRAWN, Case.State.SPAM),
)
# Final states of suggestions without a case, with the column of their time.
ENDED_AT_COLUMNS = {Suggestion.Status.SPAM: "thrown_out_at", Suggestion.Status.WITHDRAWN: "withdrawn_at"}


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """One event of one row; `data` is the payload's.

    `subject` is the key of a revision, a case, or the article of suggestions that had no case.
    """

    event: Event
    subject: int
    at: datetime
    data: dict[str, Any]


def pending_events(hook: Hook) -> list[WebhookEvent]:
    """The subscribed events without a delivery, at most MAX_EVENTS of each type, oldest first."""
    return [event for event in hook.events for event in EVENT_SOURCES[Event(event)](hook)]


def _revisions(hook: Hook) -> Iterator[WebhookEvent]:
    revisions = Revision.objects.select_related("article", "stored_text", "editor")
    for revision in _pending(revisions, hook, Event.REVISION_PUBLISHED, "published_at"):
        data = {
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
        yield WebhookEvent(Event.REVISION_PUBLISHED, revision.pk, revision.published_at, data)


def _new_cases(hook: Hook) -> Iterator[WebhookEvent]:
    # Triage closes cases that are fixed already; they are no work for the desk.
    cases = _cases().exclude(state=Case.State.ALREADY_FIXED, decided_by=None)
    for case in _pending(cases, hook, Event.CASE_CREATED, "created_at"):
        data = {**_case(case), "readers": case.readers, "created_at": as_iso8601(case.created_at)}
        yield WebhookEvent(Event.CASE_CREATED, case.pk, case.created_at, data)


def _decided(hook: Hook) -> Iterator[WebhookEvent]:
    cases = _cases().filter(state__in=FINAL_STATES)
    for case in _pending(cases, hook, Event.SUGGESTION_DECIDED, "decided_at"):
        data = {
            **_case(case),
            "outcome": case.state,
            "reason": case.reason or None,
            "revision": case.published_in.number if case.published_in else None,
            "url": spot_url(case),
            "decided_at": as_iso8601(case.decided_at),
            "suggestions": _suggestions(case),
        }
        yield WebhookEvent(Event.SUGGESTION_DECIDED, case.pk, case.decided_at, data)
    yield from _ended_without_case(hook)


def _ended_without_case(hook: Hook) -> Iterator[WebhookEvent]:
    """Suggestions that never had a case: one event for those of an article that ended at the same time."""
    for status, at in ENDED_AT_COLUMNS.items():
        ended = Suggestion.objects.filter(status=status)
        moments = _since(ended, hook, Event.SUGGESTION_DECIDED, at, subject="article")
        for key, when in moments.values_list("article", at).distinct().order_by(at, "article")[:MAX_EVENTS]:
            together = ended.filter(article=key, **{at: when}).order_by("received_at")
            article = Article.objects.select_related("current__stored_text").get(pk=key)
            data = {
                **dict.fromkeys(("case", "field", "category", "passage", "replacement", "desk_url")),
                "article": _article(article, article.current),
                "outcome": status.value,
                **dict.fromkeys(("reason", "revision", "url")),
                "decided_at": as_iso8601(when),
                "suggestions": [str(pk) for pk in together.values_list("pk", flat=True)[:MAX_SUGGESTION_IDS]],
            }
            yield WebhookEvent(Event.SUGGESTION_DECIDED, key, when, data)


def _pending(rows: "QuerySet[Any]", hook: Hook, event: Event, at: str) -> "QuerySet[Any]":
    return _since(rows, hook, event, at, subject="pk").order_by(at, "pk")[:MAX_EVENTS]


def _since(rows: "QuerySet[Any]", hook: Hook, event: Event, at: str, *, subject: str) -> "QuerySet[Any]":
    deliveries = Delivery.objects.filter(hook=hook, event=event, subject=OuterRef(subject), happened_at=OuterRef(at))
    since = max(hook.listens_since, hook.told_until - OVERLAP)
    return rows.filter(**{f"{at}__gte": since}).exclude(Exists(deliveries))


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


EVENT_SOURCES = {
    Event.REVISION_PUBLISHED: _revisions,
    Event.CASE_CREATED: _new_cases,
    Event.SUGGESTION_DECIDED: _decided,
}
