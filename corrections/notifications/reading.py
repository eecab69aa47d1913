"""Notifications as their editor reads them: how many are new, and each with its sentence and address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.models import Case, Notification
from corrections.models.colleagues.notifications import NotificationQuerySet
from newsroom.models import Editor

MOST_UNREAD = 100  # counted; beyond it the page says "99+"
MOST_ROWS = 50
NOTES = "#internal-notes"
SENTENCES: dict[str, Promise] = {
    Notification.Kind.HANDED_OVER: _("%(editor)s handed a case to you"),
    Notification.Kind.MENTIONED: _("%(editor)s mentioned you in a note"),
    Notification.Kind.APPROVED: _("%(editor)s approved your proposal"),
    Notification.Kind.AMENDED: _("%(editor)s amended your proposal"),
    Notification.Kind.SENT_BACK: _("%(editor)s sent your proposal back"),
    Notification.Kind.ANSWERED: _("A reader answered"),
    Notification.Kind.WAITS: _("%(editor)s asks for a second look"),
}
CAME_BACK = _("Sent back to you: another change came first")


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """One line of the list; `address` is a path."""

    pk: int
    sentence: str
    headline: str
    language: str
    case: int | None
    address: str
    at: datetime
    is_read: bool


def count_unread(editor: Editor) -> int:
    """At most MOST_UNREAD."""
    return Notification.objects.unread().filter(recipient=editor)[:MOST_UNREAD].count()


def latest_rows(editor: Editor) -> list[NotificationRow]:
    newest = Notification.objects.filter(recipient=editor).order_by("-made_at", "-pk")
    return read_notifications(newest, most=MOST_ROWS)


def read_notifications(notifications: NotificationQuerySet, *, most: int) -> list[NotificationRow]:
    known = notifications.select_related("article__current__stored_text", "by")
    cases = Case.objects.filter(proposal=OuterRef("proposal")).order_by("pk").values("pk")[:1]
    rows: list[Any] = list(known.annotate(first_case=Subquery(cases))[:most])
    return [
        NotificationRow(
            pk=row.pk,
            sentence=sentence_of(row),
            headline=row.article.headline_or_slug,
            language=row.article.language,
            case=row.case_id or row.first_case,
            address=_address(row, row.case_id or row.first_case),
            at=row.made_at,
            is_read=row.read_at is not None,
        )
        for row in rows
    ]


def sentence_of(notification: Notification) -> str:
    if notification.kind == Notification.Kind.SENT_BACK and notification.by is None:
        return str(CAME_BACK)
    return str(SENTENCES[notification.kind]) % {"editor": notification.by}


def _address(notification: Notification, case: int | None) -> str:
    """Of the case, else of the proposal, else of the article."""
    notes = NOTES if notification.kind == Notification.Kind.MENTIONED else ""
    if case:
        return reverse("admin:corrections_case_change", args=[case]) + notes
    if notification.proposal_id:
        return reverse("admin:newsroom_proposal_change", args=[notification.proposal_id])
    return reverse("admin:newsroom_article_change", args=[notification.article_id]) + notes
