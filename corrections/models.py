"""What readers sent and what the desk works on."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from corrections.anchoring import Status
from newsroom.models import Article, Editor, Proposal, Revision


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


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(state__in=[Case.State.OPEN, Case.State.PROPOSED])

    def most_reported_first(self) -> "CaseQuerySet":
        return self.order_by("-readers", "first_at", "pk")


class Case(models.Model):
    """One passage of one article and all suggestions about it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PROPOSED = "proposed", _("Waits for a second editor")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")
        ALREADY_FIXED = "already_fixed", _("Already fixed")
        WITHDRAWN = "withdrawn", _("Taken back by its readers")

    article = models.ForeignKey(Article, models.PROTECT, related_name="cases", verbose_name=_("article"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.OPEN)
    category = models.CharField(_("kind of error"), max_length=8, choices=Category.choices)
    readers = models.PositiveIntegerField(_("readers"), default=0)
    first_at = models.DateTimeField(_("first reported"))
    last_at = models.DateTimeField(_("last reported"))

    # The passage as its first reader marked it; an empty field means the article as a whole.
    field = models.CharField(_("part"), max_length=10, choices=Field.choices, blank=True)
    exact = models.TextField(_("passage"), blank=True)
    replacement = models.TextField(_("suggested"), null=True)

    # Where it stands now: code points of the field's canonical text in the revision `anchored_in`.
    anchored_in = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    anchor = models.CharField(_("place"), max_length=10, choices=AnchorStatus.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # The smallest span that the suggestion changes; suggestions whose spans overlap share a case.
    change_start = models.PositiveIntegerField(null=True)
    change_end = models.PositiveIntegerField(null=True)
    flags = models.JSONField(_("flags"), default=list, blank=True)

    decided_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.TextField(_("public reason"), blank=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="cases")
    published_in = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="cases")
    # The published words: code points of the field's canonical text in `published_in`.
    spot_start = models.PositiveIntegerField(null=True)
    spot_end = models.PositiveIntegerField(null=True)

    # Readers' counts and anchors change by machine and are told by the suggestions and revisions themselves.
    history = HistoricalRecords(
        history_change_reason_field=models.TextField(null=True),
        excluded_fields=["readers", "last_at", "anchored_in", "anchor", "start", "end", "change_start", "change_end"],
    )
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(
                fields=["-readers", "first_at", "id"],
                name="case_open_order",
                condition=Q(state__in=["open", "proposed"]),
            ),
            models.Index(fields=["article", "anchored_in"], name="case_open_anchor", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_span_is_whole",
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gte=models.F("start")),
            ),
            models.CheckConstraint(
                name="case_published_names_revision",
                condition=~Q(state="published") | Q(published_in__isnull=False),
            ),
            models.CheckConstraint(name="case_declined_says_why", condition=~Q(state="declined") | ~Q(reason="")),
        ]
        permissions = [("decide_case", "Can decide cases")]

    def __str__(self) -> str:
        return f"{self.article.slug}: {self.exact[:60] or self.get_category_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.PROPOSED)

    @property
    def is_placed(self) -> bool:
        return self.start is not None


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def live(self) -> "SuggestionQuerySet":
        """Those that their readers stand by."""
        return self.filter(withdrawn_at=None)


class Suggestion(models.Model):
    """What one reader sent, kept word for word. The row itself is the queue's promise."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        TRIAGED = "triaged", _("In a case")
        FAILED = "failed", _("Could not be triaged")
        # Taken back before it had a case, so that triage owes it nothing; later the status stays "triaged".
        WITHDRAWN = "withdrawn", _("Taken back before triage")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="suggestions", verbose_name=_("article"))
    read_in = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("read in"))

    # The quote: code points of the field's canonical text; an empty field means the article as a whole.
    field = models.CharField(_("part"), max_length=10, choices=Field.choices, blank=True)
    exact = models.TextField(_("passage"), blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    replacement = models.TextField(_("suggested"), null=True)
    note = models.TextField(_("note"), blank=True)
    category = models.CharField(_("kind of error"), max_length=8, choices=Category.choices)
    evidence_url = models.CharField(_("evidence"), max_length=500, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    credit = models.BooleanField(_("wants to be named"), default=False)
    # The form's field that people do not see was filled in.
    looks_automatic = models.BooleanField(_("looks automatic"), default=False)

    token_hash = models.CharField(max_length=64, unique=True)
    key_hash = models.CharField(max_length=64, null=True, unique=True)
    request_digest = models.CharField(max_length=64)

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    triaged_at = models.DateTimeField(_("triaged"), null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("case"))

    # What the reader did with it afterwards.
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [
            models.Index(fields=["received_at"], name="suggestion_owed", condition=Q(status="received")),
        ]
        constraints = [
            models.CheckConstraint(
                name="suggestion_triaged_has_case",
                condition=Q(status="triaged", case__isnull=False) | (~Q(status="triaged") & Q(case=None)),
            ),
            # What was taken back is owed no triage, and nothing else ends the debt without a case.
            models.CheckConstraint(
                name="suggestion_withdrawn_is_not_owed",
                condition=Q(status="triaged")
                | Q(status="withdrawn", withdrawn_at__isnull=False)
                | Q(status__in=["received", "failed"], withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="suggestion_erased_holds_no_one",
                condition=Q(erased_at=None) | Q(email="", name="", note="", evidence_url="", credit=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exact[:60]} → {self.replacement or ''}"
