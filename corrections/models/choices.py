"""The words for a passage: in which part of an article it stands, what is wrong with it, whether it is still there."""

from django.db import models
from django.utils.translation import pgettext_lazy

from corrections.anchoring.relocation import Status


class Field(models.TextChoices):
    """The part of an article in which a passage stands."""

    HEADLINE = "headline", pgettext_lazy("part of an article", "Headline")
    STANDFIRST = "standfirst", pgettext_lazy("part of an article", "Standfirst")
    BYLINE = "byline", pgettext_lazy("part of an article", "Byline")
    BODY = "body", pgettext_lazy("part of an article", "Body")


class Category(models.TextChoices):
    """What the reader says is wrong."""

    TYPO = "typo", pgettext_lazy("what a reader says is wrong", "Spelling or grammar")
    FACT = "fact", pgettext_lazy("what a reader says is wrong", "A fact is wrong")
    CLARITY = "clarity", pgettext_lazy("what a reader says is wrong", "Unclear or misleading")
    NAME = "name", pgettext_lazy("what a reader says is wrong", "A name or title")
    LINK = "link", pgettext_lazy("what a reader says is wrong", "A link")
    OTHER = "other", pgettext_lazy("what a reader says is wrong", "Something else")


class AnchorStatus(models.TextChoices):
    """Where a passage stands in the current revision; the words of corrections.anchoring.relocation."""

    EXACT = Status.exact.value, pgettext_lazy("where a passage stands now", "Where the reader saw it")
    MOVED = Status.moved.value, pgettext_lazy("where a passage stands now", "Moved")
    CHANGED = Status.changed.value, pgettext_lazy("where a passage stands now", "Edited since")
    FIXED = Status.fixed.value, pgettext_lazy("where a passage stands now", "Already as suggested")
    AMBIGUOUS = Status.ambiguous.value, pgettext_lazy("where a passage stands now", "Stands more than once")
    REMOVED = Status.removed.value, pgettext_lazy("where a passage stands now", "No longer in the article")
    UNPLACED = Status.unplaced.value, pgettext_lazy("where a passage stands now", "Not found in the article")
