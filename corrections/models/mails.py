"""Each mail that the site owes or wrote."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.models.contacts import Mailbox
from corrections.models.suggestions import Suggestion
from newsroom.models import Editor


class MailQuerySet(models.QuerySet["Mail"]):
    def messages(self) -> "MailQuerySet":
        """Those that went out, or may have, in an envelope of their own."""
        return self.filter(state__in=[Mail.State.CLAIMED, Mail.State.SENT, Mail.State.DOUBTFUL, Mail.State.LEFT])

    def needing_a_look(self) -> "MailQuerySet":
        """Those of which only a person can tell what to do."""
        return self.filter(state__in=[Mail.State.DOUBTFUL, Mail.State.FAILED])

    def message_ids(self) -> set[str]:
        """Under which these were sent: their own, and those of mails that they were put into."""
        pairs = self.values_list("message_id", "within__message_id")
        return {message_id for pair in pairs for message_id in pair if message_id}


class Mail(models.Model):
    """One mail, owed from the moment that its row stands. It is worded when it is sent, from the rows of that time."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", pgettext_lazy("what a mail is about", "Confirmation of the address")
        RECEIVED = "received", pgettext_lazy("what a mail is about", "Suggestion received")
        QUESTION = "question", pgettext_lazy("what a mail is about", "Question of an editor")
        MERGED = "merged", pgettext_lazy("what a mail is about", "Joined with others")
        PUBLISHED = "published", pgettext_lazy("what a mail is about", "Published")
        DECLINED = "declined", pgettext_lazy("what a mail is about", "Declined")
        FIXED = "fixed", pgettext_lazy("what a mail is about", "Already fixed")
        TOGETHER = "together", pgettext_lazy("what a mail is about", "Several in one")
        DIGEST = "digest", pgettext_lazy("what a mail is about", "Digest for an editor")

    class State(models.TextChoices):
        OWED = "owed", pgettext_lazy("state of a mail", "Owed")
        CLAIMED = "claimed", pgettext_lazy("state of a mail", "Being sent")
        SENT = "sent", pgettext_lazy("state of a mail", "Sent")
        JOINED = "joined", pgettext_lazy("state of a mail", "Sent within another")
        DROPPED = "dropped", pgettext_lazy("state of a mail", "No longer needed")
        DOUBTFUL = "doubtful", pgettext_lazy("state of a mail", "Perhaps sent")
        FAILED = "failed", pgettext_lazy("state of a mail", "Could not be sent")
        LEFT = "left", pgettext_lazy("state of a mail", "Left as it is")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Fixed here, so that a mail sent again is the same mail to whoever has it already.
    message_id = models.CharField(max_length=300, unique=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    # Tells mails of one kind apart, such as the second question about a suggestion from the first.
    about = models.CharField(max_length=64, blank=True)
    # Whom it is for: the reader of a suggestion, a mailbox alone when several go in one, or an editor.
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, related_name="mails")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="mails")
    editor = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+")
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OWED)
    owed_at = models.DateTimeField(pgettext_lazy("when", "owed since"), default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    # Of an owed mail: handed to the queue until then. Of a claimed one: if it still is by then, nobody knows.
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(pgettext_lazy("when", "last tried"), null=True)
    sent_at = models.DateTimeField(pgettext_lazy("when", "sent"), null=True)
    # Why it could not be sent: a code, never the server's words, which may hold the address.
    # Translators: why a mail could not be sent
    trouble = models.CharField(_("trouble"), max_length=40, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["due_at"], name="mail_owed", condition=Q(state="owed")),
            models.Index(fields=["leased_until"], name="mail_claimed", condition=Q(state="claimed")),
            models.Index(fields=["owed_at"], name="mail_in_doubt", condition=Q(state__in=["doubtful", "failed"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "kind", "about"], name="mail_once_for_suggestion"),
            models.UniqueConstraint(fields=["editor", "kind", "about"], name="mail_once_for_editor"),
            models.CheckConstraint(
                name="mail_sent_says_when",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="mail_joined_says_where", condition=~Q(state="joined") | Q(within__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"
