"""Internal notes: what editors write to each other about a case or an article."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corrections.models.cases import Case
from newsroom.models import Article, Editor


class InternalNote(models.Model):
    """For editors alone, in no act, and deleted with the readers' data. A blanked one keeps its place without words."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="internal_notes")
    by = models.ForeignKey(Editor, models.PROTECT, related_name="+")
    text = models.TextField(_("internal note"), blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    blanked_at = models.DateTimeField(null=True)
    blanked_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+")
    # Since then a reader of the case is erased: an editor looks whether the words say who that was.
    to_check_since = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["made_at"], name="note_made"),
            models.Index(fields=["to_check_since"], name="note_to_check", condition=Q(to_check_since__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="note_blank_says_when",
                condition=Q(text="", blanked_at__isnull=False) | (~Q(text="") & Q(blanked_at=None)),
            ),
            models.CheckConstraint(name="note_to_check_has_words", condition=Q(to_check_since=None) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]
