"""Revisions, the public record, and their text."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.models.articles import Article
from newsroom.models.editors import Editor
from newsroom.models.refusals import WordsWithheld
from newsroom.text.canonical import Wording, deletion_span, touches_pre


class Kind(models.TextChoices):
    """Why a revision exists. newsroom.publishing.policy says what each kind requires."""

    PUBLICATION = "publication", pgettext_lazy("kind of revision", "Publication")
    UPDATE = "update", pgettext_lazy("kind of revision", "Update")
    TYPO = "typo", pgettext_lazy("kind of revision", "Typing error")
    CLARIFICATION = "clarification", pgettext_lazy("kind of revision", "Clarification")
    CORRECTION = "correction", pgettext_lazy("kind of revision", "Correction")
    RETRACTION = "retraction", pgettext_lazy("kind of revision", "Retraction")
    OBSERVED = "observed", pgettext_lazy("kind of revision", "Change seen on the site")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_first(self) -> "RevisionQuerySet":
        return self.order_by("-number")

    def current_of(self, article: Article) -> "Revision":
        """The article's current revision, with its text. Raises DoesNotExist for a draft."""
        return self.select_related("article", "stored_text").get(article=article, article__current=F("pk"))

    def public(self) -> "RevisionQuerySet":
        return self.exclude(article__state=Article.State.DRAFT).exclude(article__placed__source__is_public=False)


class Revision(models.Model):
    """One immutable, numbered, public version of an article. Triggers refuse UPDATE and DELETE."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    note = models.TextField(_("public note"), blank=True)
    editor = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("editor"))
    approved_by = models.ForeignKey(
        Editor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("based on"))
    published_at = models.DateTimeField(pgettext_lazy("when", "published"), db_index=True)
    digest = models.CharField(_("digest"), max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes = [
            # Partial index for the site's record: the kinds listed by newsroom.publishing.policy, newest first.
            models.Index(
                fields=["-published_at", "-id"],
                name="revision_listed",
                condition=Q(kind__in=["clarification", "correction", "retraction"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once_per_article"),
            models.CheckConstraint(name="revision_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="revision_first_has_no_base", condition=Q(number=1, based_on=None) | Q(number__gt=1)
            ),
            models.CheckConstraint(
                name="revision_approver_is_not_editor", condition=Q(approved_by=None) | ~Q(approved_by=F("editor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.slug} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("revision", args=[self.article.slug, self.number])

    @property
    def content(self) -> "RevisionText | None":
        """The text; None where it was withheld, which any revision can be but the current one of a published article.

        Look-ups name the row by its `stored_text`.
        """
        return getattr(self, "stored_text", None)

    def require_content(self) -> "RevisionText":
        """The text. Raises WordsWithheld."""
        if (content := self.content) is None:
            raise WordsWithheld
        return content

    @property
    def editor_name(self) -> str:
        """The editor's public name; empty means "the desk"."""
        return self.editor.public_name


class RevisionText(models.Model):
    """The text of an immutable Revision, in its own row so that it can be withheld (a court order, say)."""

    revision = models.OneToOneField(Revision, models.PROTECT, primary_key=True, related_name="stored_text")
    headline = models.TextField(_("headline"))
    standfirst = models.TextField(_("standfirst"), blank=True)
    byline = models.TextField(_("byline"), blank=True)
    body = models.TextField(_("body"), help_text=_("Sanitised HTML."))
    text = models.TextField(_("canonical text of the body"))

    def __str__(self) -> str:
        return self.headline

    @property
    def wording(self) -> Wording:
        return Wording(headline=self.headline, standfirst=self.standfirst, byline=self.byline, body=self.body)

    def canonical(self, field: str) -> str:
        """The canonical text of one field: headline, standfirst, byline or body."""
        return self.text if field == "body" else str(getattr(self, field))

    def is_preformatted(self, field: str, start: int, end: int) -> bool:
        """Whether white space is text there: in a <pre>, whatever it holds."""
        return field == "body" and touches_pre(self.body, start, end)

    def deletion_span(self, field: str, start: int, end: int) -> tuple[int, int]:
        """The span to delete so that canonical text is left; in a <pre> exactly the one given."""
        if self.is_preformatted(field, start, end):
            return start, end
        return deletion_span(self.canonical(field), start, end)
