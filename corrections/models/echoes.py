"""Fingerprints of the sentences that are published now, and the revisions for which they are owed."""

from django.db import models

from corrections.models.choices import Field
from newsroom.models import Revision


class SentenceFingerprint(models.Model):
    """One of a few hashes of a sentence at [start, end) of the canonical text of a current revision's field.

    The key is the index that look-ups use: by hash.
    """

    pk = models.CompositePrimaryKey("hash", "revision_id", "field", "start")
    hash = models.BigIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    field = models.CharField(max_length=10, choices=Field.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.revision_id} {self.field} {self.start}"


class OwedEcho(models.Model):
    """A revision whose sentences have no fingerprints yet, and whose mistake is not yet looked for elsewhere."""

    revision = models.OneToOneField(Revision, models.PROTECT, primary_key=True, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.revision_id)
