"""Editors' decisions, pending until the undo period ends, and the canned reasons for declining."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.models import Editor


class Decision(models.Model):
    """A decision that can be undone until `due_at`, and is then executed from its `payload`."""

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("state of a decision", "Can be undone")
        CARRIED_OUT = "carried_out", pgettext_lazy("state of a decision", "Carried out")
        UNDONE = "undone", pgettext_lazy("state of a decision", "Undone")
        RETURNED = "returned", pgettext_lazy("state of a decision", "Could not be carried out")

    class Verb(models.TextChoices):
        PUBLISH = "publish", pgettext_lazy("what an editor did with a case", "Published")
        PROPOSE = "propose", pgettext_lazy("what an editor did with a case", "Sent to a second editor")
        DECLINE = "decline", pgettext_lazy("what an editor did with a case", "Declined")
        FIXED = "fixed", pgettext_lazy("what an editor did with a case", "Closed as already fixed")
        SPAM = "spam", pgettext_lazy("what an editor did with a case", "Marked as spam")
        ASK = "ask", pgettext_lazy("what an editor did with a case", "Asked the readers")
        HOLD = "hold", pgettext_lazy("what an editor did with a case", "Put on hold")
        ASSIGN = "assign", pgettext_lazy("what an editor did with a case", "Handed over")
        MERGE = "merge", pgettext_lazy("what an editor did with a case", "Merged")
        SPLIT = "split", pgettext_lazy("what an editor did with a case", "Split")
        APPROVE = "approve", pgettext_lazy("what an editor did with a case", "Approved")
        RETURN = "return", pgettext_lazy("what an editor did with a case", "Sent back")
        AMEND = "amend", pgettext_lazy("what an editor did with a case", "Amended")
        CONSENT = "consent", pgettext_lazy("what an editor did with a case", "Consented")
        REFUSE = "refuse", pgettext_lazy("what an editor did with a case", "Declined")

    verb = models.CharField(_("what was decided"), max_length=20, choices=Verb.choices)
    # Translators: who decided
    by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(pgettext_lazy("when", "made"))
    due_at = models.DateTimeField(pgettext_lazy("when", "falls due"))
    leased_until = models.DateTimeField(null=True)  # handed to a worker until then
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)
    # Decisions of one bulk action, one per article, are undone together.
    batch = models.UUIDField(null=True)
    # Keys of its cases with their previous states, the displayed case first: [[key, state], …].
    before = models.JSONField(default=list)
    # Arguments of the verb; cleared after execution, but for what an editor typed where that failed.
    payload = models.JSONField(default=dict)
    # The editor's input by label, returned when the execution fails, and the error.
    typed = models.JSONField(default=dict)
    outcome = models.TextField(blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["due_at"], name="decision_due", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} ({self.get_state_display()})"


class Reason(models.Model):
    """A canned public reason for declining."""

    language = models.CharField(_("language"), max_length=16, default="en")
    text = models.CharField(_("reason"), max_length=300)
    # Translators: place of a reason in the list of usual reasons
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="reason_once_per_language")]

    def __str__(self) -> str:
        return self.text
