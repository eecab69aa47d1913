"""Unpublished work: drafts, proposals, uploaded pictures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.models.articles import Article
from newsroom.models.editors import Editor
from newsroom.models.revisions import Kind, Revision
from newsroom.text.canonical import Wording


class WordingFields(models.Model):
    """The four text fields of a draft or proposal."""

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
    """An editor's work in progress: private, one per article, based on a revision unless the article is new."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="draft")
    base = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    edited_by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("edited by"))
    edited_at = models.DateTimeField(pgettext_lazy("when", "edited"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return self.headline


class Proposal(WordingFields):
    """A revision awaiting approval by a second editor. The digest ensures that the approved text is published.

    While unrelated revisions are published it moves with them: base, text and digest are those on the current one.
    With `amended_by` it waits for its proposer's consent to that editor's amendment.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a proposal", "Waiting for a second editor")
        APPROVED = "approved", pgettext_lazy("state of a proposal", "Approved")
        RETURNED = "returned", pgettext_lazy("state of a proposal", "Sent back")
        # Of an article that another system publishes: decided, and its words not seen there yet; seen, of one editor's.
        HANDED_OVER = "handed_over", pgettext_lazy("state of a proposal", "On its way into the article")
        CARRIED_OUT = "carried_out", pgettext_lazy("state of a proposal", "Carried out")

    class Overtaken(models.TextChoices):
        """The `reason` of a proposal that no editor sent back."""

        OVERLAP = "overlap", _("The words it changes have since been changed in the article.")
        RETRACTED = "retracted", _("The article has since been retracted.")
        WITHHELD = "withheld", _("The words it was based on have since been withheld.")
        NOT_SEEN = "not_seen", _("The site did not show the words in time.")

    article = models.ForeignKey(Article, models.PROTECT, related_name="proposals", verbose_name=_("article"))
    base = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+", verbose_name=_("based on"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    note = models.TextField(_("public note"), blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    proposed_by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(pgettext_lazy("when", "proposed"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    reason = models.TextField(_("reason"), blank=True)
    amended_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("amended by"))
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
                condition=Q(state="approved", revision__isnull=False)
                | Q(state="carried_out", revision__isnull=False)
                | (~Q(state="approved") & ~Q(state="carried_out") & Q(revision=None)),
            ),
            models.CheckConstraint(
                name="proposal_amender_is_not_proposer",
                condition=Q(amended_by=None) | ~Q(amended_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.slug}: {self.get_kind_display()}"

    @property
    def why_returned(self) -> str:
        """The editor's reason, or a sentence for what overtook it."""
        if self.decided_by_id is None and self.reason in self.Overtaken.values:
            return str(self.Overtaken(self.reason).label)
        return self.reason


class Amendment(WordingFields):
    """What a proposal said before another editor amended it, so that its proposer sees the difference."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="amendments")
    base = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Editor, models.PROTECT, related_name="+")
    amended_by = models.ForeignKey(Editor, models.PROTECT, related_name="+")
    amended_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.amended_by}"


class Picture(models.Model):
    """An uploaded picture; only our re-encoded copy is stored."""

    file = models.ImageField(_("file"), upload_to="pictures/%Y/%m/", width_field="width", height_field="height")
    alt = models.CharField(_("alternative text"), max_length=500)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    uploaded_by = models.ForeignKey(
        Editor, models.PROTECT, editable=False, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(pgettext_lazy("when", "uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt
