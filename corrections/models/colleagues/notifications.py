"""Notifications: what an editor is told of others' doing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from corrections.models.cases import Case
from corrections.models.mails import Mail
from newsroom.models import Article, Editor, Proposal


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)


class Notification(models.Model):
    """One editor, told of one thing; made in the transaction of what it tells. It holds no words of anybody."""

    class Kind(models.TextChoices):
        HANDED_OVER = "handed_over", pgettext_lazy("what an editor is told", "Case handed over")
        MENTIONED = "mentioned", pgettext_lazy("what an editor is told", "Mentioned in a note")
        APPROVED = "approved", pgettext_lazy("what an editor is told", "Proposal approved")
        AMENDED = "amended", pgettext_lazy("what an editor is told", "Proposal amended")
        SENT_BACK = "sent_back", pgettext_lazy("what an editor is told", "Sent back")
        ANSWERED = "answered", pgettext_lazy("what an editor is told", "A reader answered")
        WAITS = "waits", pgettext_lazy("what an editor is told", "Proposal for a second look")

    recipient = models.ForeignKey(Editor, models.CASCADE, db_index=False, related_name="notifications")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    # Of a proposal its cases are read from it: they join it after it was made.
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")
    # None: a reader, or nobody, as where other work came first.
    by = models.ForeignKey(Editor, models.PROTECT, null=True, db_index=False, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # The first of those made by one act; chat rooms are told once.
    is_first = models.BooleanField(default=False)
    is_mail_owed = models.BooleanField(default=False)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["recipient", "-made_at", "-id"], name="notification_newest"),
            models.Index(fields=["recipient"], name="notification_unread", condition=Q(read_at=None)),
            models.Index(fields=["recipient"], name="notification_mail", condition=Q(is_mail_owed=True)),
            models.Index(fields=["made_at", "id"], name="notification_made"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
