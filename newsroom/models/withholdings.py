"""Withholding: removal of a revision's text by two editors, with a public reason."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from newsroom.models.editors import Editor
from newsroom.models.revisions import Revision


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    def in_force(self) -> "WithholdingQuerySet":
        """Withholdings that removed the text."""
        return self.filter(state=Withholding.State.APPROVED)


class Withholding(models.Model):
    """Request by one editor to remove a revision's text; approval by another executes it, irreversibly."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a withholding", "Waiting for a second editor")
        APPROVED = "approved", pgettext_lazy("state of a withholding", "Words withheld")
        RETURNED = "returned", pgettext_lazy("state of a withholding", "Sent back")

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="withholdings", verbose_name=_("version"))
    reason = models.TextField(_("public reason"))
    asked_by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(pgettext_lazy("when", "asked"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(pgettext_lazy("when", "decided"), null=True)
    answer = models.TextField(_("why it was sent back"), blank=True)

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        verbose_name = _("withholding")
        verbose_name_plural = _("withholdings")
        permissions = [("withhold_revision", gettext_noop("Can withhold the words of a version"))]
        constraints = [
            models.CheckConstraint(name="withholding_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="withholding_takes_two_editors",
                condition=~Q(state="approved")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by"))),
            ),
            models.UniqueConstraint(
                fields=["revision"], name="withholding_once", condition=Q(state__in=["waiting", "approved"])
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision)
