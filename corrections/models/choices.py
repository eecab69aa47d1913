"""Choices shared by suggestions and cases: field of the article, element, category of error, anchor status."""

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy

from corrections.anchoring.relocation import Status


class Field(models.TextChoices):
    """The part of the article that a passage is in."""

    HEADLINE = "headline", pgettext_lazy("part of an article", "Headline")
    STANDFIRST = "standfirst", pgettext_lazy("part of an article", "Standfirst")
    BYLINE = "byline", pgettext_lazy("part of an article", "Byline")
    BODY = "body", pgettext_lazy("part of an article", "Body")


class Category(models.TextChoices):
    """Category of the error, as chosen by the reader."""

    TYPO = "typo", pgettext_lazy("what a reader says is wrong", "Spelling or grammar")
    FACT = "fact", pgettext_lazy("what a reader says is wrong", "A fact is wrong")
    CLARITY = "clarity", pgettext_lazy("what a reader says is wrong", "Unclear or misleading")
    NAME = "name", pgettext_lazy("what a reader says is wrong", "A name or title")
    LINK = "link", pgettext_lazy("what a reader says is wrong", "A link")
    OTHER = "other", pgettext_lazy("what a reader says is wrong", "Something else")


class AboutElement(models.TextChoices):
    """What a suggestion without a passage is about, if not the article as a whole; counted from 0 in its revision.

    A notice is counted by the number of the revision whose notice it is.
    """

    PICTURE = "picture", pgettext_lazy("what a suggestion is about", "Picture")
    FIGURE = "figure", pgettext_lazy("what a suggestion is about", "Figure")
    TABLE = "table", pgettext_lazy("what a suggestion is about", "Table")
    NOTICE = "notice", pgettext_lazy("what a suggestion is about", "Notice")


# What a suggestion without a passage is about, told to its reader; "" is the article as a whole.
ABOUT_SENTENCES = {
    "": gettext_lazy("You wrote about the article as a whole."),
    AboutElement.PICTURE: gettext_lazy("You wrote about a picture in the article."),
    AboutElement.FIGURE: gettext_lazy("You wrote about a figure in the article."),
    AboutElement.TABLE: gettext_lazy("You wrote about a table in the article."),
    AboutElement.NOTICE: gettext_lazy("You wrote about a notice above or below the article."),
}


class AnchorStatus(models.TextChoices):
    """Anchor of a passage in the current revision; the values of corrections.anchoring.Status."""

    EXACT = Status.exact.value, pgettext_lazy("where a passage stands now", "Where the reader saw it")
    MOVED = Status.moved.value, pgettext_lazy("where a passage stands now", "Moved")
    CHANGED = Status.changed.value, pgettext_lazy("where a passage stands now", "Edited since")
    FIXED = Status.fixed.value, pgettext_lazy("where a passage stands now", "Already as suggested")
    AMBIGUOUS = Status.ambiguous.value, pgettext_lazy("where a passage stands now", "Found more than once")
    REMOVED = Status.removed.value, pgettext_lazy("where a passage stands now", "No longer in the article")
    UNPLACED = Status.unplaced.value, pgettext_lazy("where a passage stands now", "Not found in the article")
