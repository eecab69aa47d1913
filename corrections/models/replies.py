"""Readers' replies to editors' questions."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.models.suggestions import Suggestion


class Reply(models.Model):
    """A reader's reply, verbatim; erased by deleting the row.

    The question is copied, since the case's is replaced when an editor asks again or merges the case.
    """

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="replies")
    question = models.TextField(_("question"))
    text = models.TextField(_("answer"))
    sent_at = models.DateTimeField(pgettext_lazy("when", "answered"), default=timezone.now)

    class Meta:
        ordering = ("sent_at", "pk")

    def __str__(self) -> str:
        return self.text[:60]
