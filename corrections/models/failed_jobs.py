"""Failed jobs (dead letters): owed rows whose work raised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class FailedJobQuerySet(models.QuerySet["FailedJob"]):
    def set_aside(self) -> "FailedJobQuerySet":
        """Not retried until an editor presses *Try again*."""
        return self.filter(retry_at=None)


class FailedJob(models.Model):
    """Work on one owed row that raised: how often, the last error, and when it is tried again (None: set aside)."""

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", pgettext_lazy("work that failed", "Sorting a suggestion into a case")
        ARTICLE = "article", pgettext_lazy("work that failed", "Finding an article’s cases again")
        DECISION = "decision", pgettext_lazy("work that failed", "Carrying out a decision")
        PROPOSAL = "proposal", pgettext_lazy("work that failed", "Closing a proposal")
        HOLD = "hold", pgettext_lazy("work that failed", "Ending a hold")
        CONFIRMATION = "confirmation", pgettext_lazy("work that failed", "Asking for an address to be confirmed")
        NEWS = "news", pgettext_lazy("work that failed", "Telling a reader")
        DIGEST = "digest", pgettext_lazy("work that failed", "Writing an editor’s digest")
        NOTIFY = "notify", pgettext_lazy("work that failed", "Telling an editor by mail")
        WEBHOOK = "webhook", pgettext_lazy("work that failed", "Telling a webhook")
        EVENT = "event", pgettext_lazy("work that failed", "Writing a webhook’s message")
        ECHO = "echo", pgettext_lazy("work that failed", "Looking for a mistake in other articles")
        DELIVERY = "delivery", pgettext_lazy("work that failed", "Sending a webhook’s message")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    # Primary key of the row, as text; of an event the webhook's, and what happened.
    key = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField()
    error = models.CharField(max_length=300)
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True)

    objects = FailedJobQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["failed_at"], name="job_set_aside", condition=Q(retry_at=None))]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="job_once_per_row")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.error}"
