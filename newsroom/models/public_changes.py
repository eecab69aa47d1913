"""Changes that the public sees and no Act records."""

from django.db import models
from django.db.models import Q


class PublicChanges(models.Model):
    """One row that counts them: a section, an editor's public name, a reader's name. Cached pages go by it."""

    count = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="public_changes_is_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.count)
