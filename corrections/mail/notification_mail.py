"""Mails to editors: their notifications, at once or with the digest, by each editor's own choice."""

from django.db import transaction

from corrections.contacts.outbox import queue_mail
from corrections.jobs.failures import run_each
from corrections.mail.blocks import Link, MailContent
from corrections.mail.editor_digest import compose_digest, compose_news
from corrections.models import FailedJob, Mail, Notification
from corrections.notifications.reading import read_notifications
from newsroom.http.links import absolute
from newsroom.models import Editor

MOST_TOLD = 20  # in one mail


def queue_notification_mails() -> None:
    """One mail for each editor who wants them at once, about all that happened since the tick before."""
    owed = Notification.objects.filter(is_mail_owed=True).order_by("recipient")
    run_each(FailedJob.Kind.NOTIFY, owed.values_list("recipient", flat=True).distinct(), _queue_for, key=int)


def queue_digest(editor_pk: int, *, about: str) -> None:
    """A digest; it carries what its editor has not read, once, if they want it so."""
    with transaction.atomic():
        queue_mail(Mail.Kind.DIGEST, editor=editor_pk, about=about)
        wanted = Notification.objects.unread().filter(
            recipient=editor_pk, recipient__notified_by_mail=Editor.Notified.DIGEST, mail=None
        )
        wanted.update(mail=Mail.objects.get(editor=editor_pk, kind=Mail.Kind.DIGEST, about=about))


def compose_editor_mail(mail: Mail, editor: Editor) -> MailContent:
    """Raises NothingToSend where all was read, or the editor may not see the desk any more."""
    told = Notification.objects.unread().filter(mail=mail).order_by("made_at", "pk")
    rows = read_notifications(told, most=MOST_TOLD)
    news = [Link(f"{row.sentence}: “{row.headline}”", absolute("desk_notification", row.pk)) for row in rows]
    return compose_digest(editor, news) if mail.kind == Mail.Kind.DIGEST else compose_news(editor, news)


def _queue_for(editor_pk: int) -> None:
    """Under a lock, so that of two dispatchers one does it."""
    with transaction.atomic():
        owed = Notification.objects.filter(recipient=editor_pk, is_mail_owed=True).order_by("pk")
        keys = list(owed.select_for_update(no_key=True).values_list("pk", flat=True))
        if not keys:
            return
        queue_mail(Mail.Kind.NEWS, editor=editor_pk, about=str(keys[-1]))
        mail = Mail.objects.get(editor=editor_pk, kind=Mail.Kind.NEWS, about=str(keys[-1]))
        Notification.objects.filter(pk__in=keys).update(mail=mail, is_mail_owed=False)
