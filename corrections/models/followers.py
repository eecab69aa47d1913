"""Readers who asked for an e-mail when an article is corrected."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corrections.models.contacts import Contact, Mailbox
from newsroom.models import Article


class Follower(models.Model):
    """An address that follows one article (double opt-in); erased by deleting the row."""

    State = Contact.State

    # Named by the links in mails, so that those sent about a deleted row open nothing.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="followers")
    address = models.CharField(_("e-mail"), max_length=254)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.ASKED)
    given_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    # Number of the newest revision whose mail is queued, or that was current when the reader asked.
    told = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["given_at"], name="follower_asked", condition=Q(state="asked")),
            models.Index(fields=["confirmed_at"], name="follower_confirmed", condition=Q(state="confirmed")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "mailbox"], name="follower_once_per_article"),
            models.CheckConstraint(
                name="follower_confirmed_says_when",
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at=None)),
            ),
            models.CheckConstraint(name="follower_has_address", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} ({self.get_state_display()})"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED
