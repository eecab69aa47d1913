"""Articles, their public revisions, and the record of who did what."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from newsroom.text import Wording


class Editor(AbstractUser):
    """Someone who works at the desk."""

    public_name = models.CharField(
        _("public name"), max_length=120, blank=True, help_text=_("Shown beside revisions; empty means “the desk”.")
    )

    letter_keys = models.BooleanField(
        _("letter keys"), default=True, help_text=_("Decide cases at the desk by single letters, such as P to publish.")
    )

    class Meta:
        verbose_name = _("editor")
        verbose_name_plural = _("editors")

    def __str__(self) -> str:
        return self.public_name or self.get_full_name() or self.username


class Kind(models.TextChoices):
    """Why a revision exists. What each demands stands in newsroom.policy."""

    PUBLICATION = "publication", _("Publication")
    UPDATE = "update", _("Update")
    TYPO = "typo", _("Typing error")
    CLARIFICATION = "clarification", _("Clarification")
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        """What the public sees: retracted articles keep their address."""
        return self.exclude(state=Article.State.DRAFT)

    def with_wording(self) -> "ArticleQuerySet":
        return self.select_related("current__content")


class Article(models.Model):
    """What is published under one address; its words stand in its revisions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETRACTED = "retracted", _("Retracted")

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    language = models.CharField(_("language"), max_length=16, default="en")
    section = models.CharField(_("section"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    current = models.ForeignKey(
        "Revision", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("current")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                name="article_draft_has_no_revision",
                condition=Q(state="draft", current=None) | (~Q(state="draft") & Q(current__isnull=False)),
            )
        ]
        permissions = [
            ("publish_revision", "Can publish revisions"),
            ("approve_revision", "Can approve what another editor proposes"),
            ("retract_article", "Can retract articles"),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest_first(self) -> "RevisionQuerySet":
        return self.order_by("-number")

    def current_of(self, article: Article) -> "Revision":
        """What stands under the article's address now, with its words. Raises DoesNotExist for a draft."""
        return self.select_related("article", "content").get(article=article, article__current=F("pk"))

    def public(self) -> "RevisionQuerySet":
        return self.exclude(article__state=Article.State.DRAFT)


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
    published_at = models.DateTimeField(_("published"), db_index=True)
    digest = models.CharField(_("digest"), max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
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
    def editor_name(self) -> str:
        """The editor's public name; empty means that the desk signs."""
        return self.editor.public_name


class RevisionText(models.Model):
    """The words of a revision, apart from its row so that a court's order can be met without touching the record."""

    revision = models.OneToOneField(Revision, models.PROTECT, primary_key=True, related_name="content")
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


class WordingFields(models.Model):
    """The four parts of an article that is not public yet."""

    headline = models.TextField(_("headline"))
    standfirst = models.TextField(_("standfirst"), blank=True)
    byline = models.TextField(_("byline"), blank=True)
    body = models.TextField(_("body"))

    class Meta:
        abstract = True

    @property
    def wording(self) -> Wording:
        return Wording(headline=self.headline, standfirst=self.standfirst, byline=self.byline, body=self.body)


class Draft(WordingFields):
    """What an editor is writing: private, one for each article, based on a revision or on nothing."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="draft")
    base = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    edited_by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("edited by"))
    edited_at = models.DateTimeField(_("edited"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return self.headline


class Proposal(WordingFields):
    """A revision that waits for a second editor. What was approved is what is published: the digest says so."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second editor")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")

    article = models.ForeignKey(Article, models.PROTECT, related_name="proposals", verbose_name=_("article"))
    base = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+", verbose_name=_("based on"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    note = models.TextField(_("public note"), blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    proposed_by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    reason = models.TextField(_("reason"), blank=True)
    revision = models.OneToOneField(Revision, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                name="proposal_approver_is_not_proposer",
                condition=~Q(state="approved") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="proposal_approved_is_published",
                condition=Q(state="approved", revision__isnull=False) | (~Q(state="approved") & Q(revision=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.slug}: {self.get_kind_display()}"


class Picture(models.Model):
    """An uploaded picture, kept only as re-encoded by us."""

    file = models.ImageField(_("file"), upload_to="pictures/%Y/%m/", width_field="width", height_field="height")
    alt = models.CharField(_("text alternative"), max_length=500)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    uploaded_by = models.ForeignKey(Editor, models.PROTECT, editable=False, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt


class AuditHead(models.Model):
    """The one row that says where the chain of Acts ends; it is locked while an Act is appended."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="audit_head_is_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class Act(models.Model):
    """One row of the append-only record. Triggers refuse a wrong place in the chain and every later change."""

    sequence = models.PositiveBigIntegerField(_("sequence"), primary_key=True)
    at = models.DateTimeField(_("time"))
    # An act outlives the account: no key into the table of editors, and the name is copied.
    actor_id = models.PositiveBigIntegerField(_("actor"), null=True)
    actor_name = models.CharField(_("actor's name"), max_length=150)
    verb = models.CharField(_("what was done"), max_length=40)
    subject = models.CharField(_("to what"), max_length=200)
    payload = models.TextField(_("with what in hand"), help_text=_("Canonical JSON."))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        indexes = [models.Index(fields=["subject"], name="act_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"
