"""Audit log rows: a hash-chained, append-only record of who did what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditHead(models.Model):
    """Singleton row: last sequence and hash of the chain, locked while an Act is appended."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="audit_head_is_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class Act(models.Model):
    """One audit log row. Triggers refuse a wrong sequence or previous hash, UPDATE and DELETE."""

    sequence = models.PositiveBigIntegerField(_("sequence"), primary_key=True)
    at = models.DateTimeField(pgettext_lazy("when", "time"))
    # Acts outlive accounts: no foreign key, and a copy of the name.
    actor_id = models.PositiveBigIntegerField(_("actor"), null=True)
    actor_name = models.CharField(_("actor's name"), max_length=150)
    verb = models.CharField(_("what was done"), max_length=40)
    # Translators: column after “what was done”
    subject = models.CharField(_("subject"), max_length=200)
    payload = models.TextField(_("details"), help_text=_("Canonical JSON."))
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        indexes = [
            models.Index(fields=["subject"], name="act_subject"),
            # What verification reads of an article, among all the decisions about its cases.
            models.Index(
                fields=["subject", "sequence"],
                name="act_of_article",
                condition=Q(verb__in=["publish", "ask-withholding", "withhold", "return-withholding"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"
