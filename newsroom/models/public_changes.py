"""Counter of public changes that no Act records; part of the page caches' key."""

from django.db import models
from django.db.models import Q


class PublicChanges(models.Model):
    """Singleton row, incremented when a section, an editor's public name or a reader's credit changes."""

    count = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="public_changes_is_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.count)
