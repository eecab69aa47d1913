"""Webhook endpoints, their queued deliveries, and the attempts."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.encryption import EncryptedTextField


class Event(models.TextChoices):
    """Event types."""

    REVISION_PUBLISHED = "revision.published", pgettext_lazy("what a webhook is told", "Version published")
    SUGGESTION_DECIDED = "suggestion.decided", pgettext_lazy("what a webhook is told", "Suggestions decided")
    CASE_CREATED = "case.created", pgettext_lazy("what a webhook is told", "New case")
    DESK_NOTIFIED = "desk.notified", pgettext_lazy("what a webhook is told", "Work for an editor")
    PING = "ping", pgettext_lazy("what a webhook is told", "Test message")


# Test messages are sent on request, not subscribed to.
SELECTABLE_EVENTS = (Event.REVISION_PUBLISHED, Event.SUGGESTION_DECIDED, Event.CASE_CREATED, Event.DESK_NOTIFIED)


class PayloadFormat(models.TextChoices):
    """Format of the request body."""

    STANDARD = "standard", _("Standard Webhooks (JSON)")
    CHAT = "chat", _("Slack, Mattermost, Rocket.Chat, Google Chat")
    DISCORD = "discord", _("Discord")
    TEAMS = "teams", _("Microsoft Teams")


class Hook(models.Model):
    """A webhook endpoint with its own signing secret."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    url = EncryptedTextField(
        pgettext_lazy("of a webhook", "address"),
        max_length=1000,
        help_text=_("https only. A chat tool’s address is a key: whoever knows it can write there."),
    )
    events = models.JSONField(_("events"), default=list)
    form = models.CharField(
        pgettext_lazy("of a message", "form"),
        max_length=10,
        choices=PayloadFormat.choices,
        default=PayloadFormat.STANDARD,
    )
    enabled = models.BooleanField(_("enabled"), default=True)

    # How many secrets it has had; the present one and the one before.
    generation = models.PositiveIntegerField(default=1, editable=False)
    secret = EncryptedTextField(editable=False)
    earlier_secret = EncryptedTextField(blank=True, editable=False)
    rotated_at = models.DateTimeField(pgettext_lazy("when", "secret changed"), null=True, editable=False)

    # Subscribed since; and the cursor up to which all events are queued.
    listens_since = models.DateTimeField(editable=False)
    told_until = models.DateTimeField(editable=False)

    leased_until = models.DateTimeField(null=True, editable=False)
    rests_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)  # in a row, of all its deliveries
    failing_since = models.DateTimeField(null=True, editable=False)  # the first of them
    last_success_at = models.DateTimeField(pgettext_lazy("when", "last accepted"), null=True, editable=False)
    disabled_why = models.CharField(_("why it was disabled"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state=Delivery.State.WAITING)


class Delivery(models.Model):
    """One message to one webhook, waiting until it is accepted or given up."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a delivery", "Waiting")
        DELIVERED = "delivered", pgettext_lazy("state of a delivery", "Accepted")
        GIVEN_UP = "given_up", pgettext_lazy("state of a delivery", "Given up")

    # Idempotency key for the receiver: the same for every attempt and replay.
    message_id = models.CharField(_("message id"), max_length=40, unique=True)
    hook = models.ForeignKey(Hook, models.PROTECT, related_name="deliveries", verbose_name=_("webhook"))
    event = models.CharField(_("event"), max_length=20, choices=Event.choices)
    # Key of the event's row, and the time of the event.
    # Translators: number of the row that the message tells of
    subject = models.PositiveBigIntegerField(_("row"))
    happened_at = models.DateTimeField(pgettext_lazy("when", "happened"))
    payload = models.TextField(_("message as sent"))
    made_at = models.DateTimeField(pgettext_lazy("when", "recorded"), auto_now_add=True)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try = models.DateTimeField(pgettext_lazy("when", "next attempt"), null=True)
    settled_at = models.DateTimeField(pgettext_lazy("when", "settled"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        indexes = [
            models.Index(fields=["hook", "next_try"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["settled_at"], name="delivery_settled"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["hook", "event", "subject", "happened_at"], name="delivery_told_once"),
            models.CheckConstraint(
                name="delivery_waits_for_a_moment",
                condition=Q(state="waiting", next_try__isnull=False, settled_at=None)
                | (~Q(state="waiting") & Q(next_try=None, settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}, {self.message_id[:12]}…"


class Attempt(models.Model):
    """One HTTP request with its response or error."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="tries", verbose_name=_("delivery"))
    started_at = models.DateTimeField(pgettext_lazy("when", "time"))
    # None while the request runs, and for good if the worker died.
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True)
    status = models.PositiveSmallIntegerField(pgettext_lazy("of a receiver", "answer"), null=True)
    # Translators: why a request failed
    trouble = models.CharField(_("error"), max_length=200, blank=True)
    answer = models.TextField(_("beginning of the answer"), blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["started_at", "pk"]

    def __str__(self) -> str:
        return str(self.status or self.trouble)
