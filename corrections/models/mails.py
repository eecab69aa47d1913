"""The mail outbox."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.models.contacts import Mailbox
from corrections.models.followers import Follower
from corrections.models.suggestions import Suggestion
from newsroom.models import Editor


class MailQuerySet(models.QuerySet["Mail"]):
    def messages(self) -> "MailQuerySet":
        """Sent or possibly sent as messages of their own, which count for the rate limit."""
        return self.filter(state__in=[Mail.State.CLAIMED, Mail.State.SENT, Mail.State.DOUBTFUL, Mail.State.LEFT])

    def needing_review(self) -> "MailQuerySet":
        """Doubtful or failed: an editor has to decide."""
        return self.filter(state__in=[Mail.State.DOUBTFUL, Mail.State.FAILED])

    def message_ids(self) -> set[str]:
        """The Message-IDs of these mails and of the bundles that contain them."""
        pairs = self.values_list("message_id", "within__message_id")
        return {message_id for pair in pairs for message_id in pair if message_id}


class Mail(models.Model):
    """A queued or sent mail. It stores no text: the mail is composed when it is sent, from the current rows."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", pgettext_lazy("what a mail is about", "Confirmation of the address")
        RECEIVED = "received", pgettext_lazy("what a mail is about", "Suggestion received")
        QUESTION = "question", pgettext_lazy("what a mail is about", "Question from an editor")
        MERGED = "merged", pgettext_lazy("what a mail is about", "Joined with others")
        PUBLISHED = "published", pgettext_lazy("what a mail is about", "Published")
        DECLINED = "declined", pgettext_lazy("what a mail is about", "Declined")
        FIXED = "fixed", pgettext_lazy("what a mail is about", "Already fixed")
        FOLLOW = "follow", pgettext_lazy("what a mail is about", "Confirmation of following")
        CORRECTED = "corrected", pgettext_lazy("what a mail is about", "Article corrected")
        TOGETHER = "together", pgettext_lazy("what a mail is about", "Several in one")
        DIGEST = "digest", pgettext_lazy("what a mail is about", "Digest for an editor")
        NEWS = "news", pgettext_lazy("what a mail is about", "Notifications for an editor")

    class State(models.TextChoices):
        OWED = "owed", pgettext_lazy("state of a mail", "To be sent")
        CLAIMED = "claimed", pgettext_lazy("state of a mail", "Being sent")
        SENT = "sent", pgettext_lazy("state of a mail", "Sent")
        JOINED = "joined", pgettext_lazy("state of a mail", "Sent within another")
        DROPPED = "dropped", pgettext_lazy("state of a mail", "No longer needed")
        DOUBTFUL = "doubtful", pgettext_lazy("state of a mail", "Perhaps sent")
        FAILED = "failed", pgettext_lazy("state of a mail", "Could not be sent")
        LEFT = "left", pgettext_lazy("state of a mail", "Left as it is")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Message-ID, stable across retries so that mail programs can drop duplicates.
    message_id = models.CharField(max_length=300, unique=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    # Deduplication key among mails of one kind, such as the hash of a question or the number of a revision.
    about = models.CharField(max_length=64, blank=True)
    # The recipient: a suggestion's reader, an article's follower, a mailbox (for a bundle), or an editor.
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, related_name="mails")
    follower = models.ForeignKey(Follower, models.SET_NULL, null=True, related_name="mails")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="mails")
    editor = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+")
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OWED)
    owed_at = models.DateTimeField(pgettext_lazy("when", "to be sent since"), default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    # Owed: queued for a worker until then. Claimed: doubtful after that time.
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(pgettext_lazy("when", "last tried"), null=True)
    sent_at = models.DateTimeField(pgettext_lazy("when", "sent"), null=True)
    # An error code only: SMTP replies may contain the address.
    # Translators: why a mail could not be sent
    trouble = models.CharField(_("error"), max_length=40, blank=True)

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
            models.UniqueConstraint(fields=["follower", "kind", "about"], name="mail_once_for_follower"),
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
