"""Readers' e-mail addresses, stored apart from their suggestions."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.models.suggestions import Suggestion


class Mailbox(models.Model):
    """A pseudonymous address (HMAC), for rate limits and unsubscribes."""

    hash = models.CharField(max_length=64, primary_key=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.hash[:8]


class Contact(models.Model):
    """The address that a reader gave with a suggestion; erased by deleting the row."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of an address", "Confirmation mail to be sent")
        WAITING = "waiting", pgettext_lazy("state of an address", "Waiting to be confirmed")
        UNASKED = "unasked", pgettext_lazy("state of an address", "No confirmation mail was sent")
        CONFIRMED = "confirmed", pgettext_lazy("state of an address", "Confirmed")

    # Named by the links in confirmation mails, so that links sent to a replaced address are invalid.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="contact")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="contacts")
    address = models.CharField(_("e-mail"), max_length=254)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.ASKED)
    given_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    # The outcome mail is queued; excludes the row from further searches.
    is_closed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["given_at"], name="contact_asked", condition=Q(state="asked")),
            models.Index(fields=["given_at"], name="contact_open", condition=Q(state="confirmed", is_closed=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="contact_confirmed_says_when",
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at=None)),
            ),
            models.CheckConstraint(name="contact_has_address", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} ({self.get_state_display()})"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED
