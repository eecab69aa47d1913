"""Public credits of readers, which outlive their other personal data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corrections.models.suggestions import Suggestion


class Thanks(models.Model):
    """The name to credit beside a published correction; erased by deleting the row."""

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="thanks")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(name="thanks_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
