"""Articles: slug, language, section, state, current revision."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from simple_history.models import HistoricalRecords


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        """Includes retracted articles, which keep their URL; not those of a Source whose record is its own."""
        return self.exclude(state=Article.State.DRAFT).exclude(placed__source__is_public=False)

    def with_wording(self) -> "ArticleQuerySet":
        return self.select_related("current__stored_text")


class Article(models.Model):
    """What is published under one URL; the text is in its revisions."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of an article", "Draft")
        PUBLISHED = "published", pgettext_lazy("state of an article", "Published")
        RETRACTED = "retracted", pgettext_lazy("state of an article", "Retracted")

    slug = models.SlugField(pgettext_lazy("of an article", "address"), max_length=120, unique=True)
    language = models.CharField(_("language"), max_length=16, default="en")
    section = models.CharField(_("section"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    current = models.ForeignKey(
        # Translators: the current revision
        "Revision",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("current"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["section"], name="article_section")]
        constraints = [
            models.CheckConstraint(
                name="article_draft_has_no_revision",
                condition=Q(state="draft", current=None) | (~Q(state="draft") & Q(current__isnull=False)),
            )
        ]
        permissions = [
            ("publish_revision", gettext_noop("Can publish versions")),
            ("approve_revision", gettext_noop("Can approve what another editor proposes")),
            ("retract_article", gettext_noop("Can retract articles")),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def headline_or_slug(self) -> str:
        """The current headline; the slug of a draft, and where the words were withheld."""
        content = self.current.content if self.current else None
        return content.headline if content else self.slug
