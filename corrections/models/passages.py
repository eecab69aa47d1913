"""The words for a passage: in which part of an article it stands, what is wrong with it, whether it is still there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.anchoring import Status


class Field(models.TextChoices):
    """The part of an article in which a passage stands."""

    HEADLINE = "headline", _("Headline")
    STANDFIRST = "standfirst", _("Standfirst")
    BYLINE = "byline", _("Byline")
    BODY = "body", _("Body")


class Category(models.TextChoices):
    """What the reader says is wrong."""

    TYPO = "typo", _("Spelling or grammar")
    FACT = "fact", _("A fact is wrong")
    CLARITY = "clarity", _("Unclear or misleading")
    NAME = "name", _("A name or title")
    LINK = "link", _("A link")
    OTHER = "other", _("Something else")


class AnchorStatus(models.TextChoices):
    """Where a passage stands in the current revision; the words of corrections.anchoring."""

    EXACT = Status.exact.value, _("Where the reader saw it")
    MOVED = Status.moved.value, _("Moved")
    CHANGED = Status.changed.value, _("Edited since")
    FIXED = Status.fixed.value, _("Already as suggested")
    AMBIGUOUS = Status.ambiguous.value, _("Stands more than once")
    REMOVED = Status.removed.value, _("No longer in the article")
    UNPLACED = Status.unplaced.value, _("Not found in the article")
