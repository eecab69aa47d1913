"""Case: one passage of an article with all suggestions about it."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from simple_history.models import HistoricalRecords

from corrections.models.choices import AboutElement, AnchorStatus, Category, Field
from newsroom.models import Article, Editor, Proposal, Revision
from newsroom.models.deadlines import CLOCKS_DIFFER

CLAIM = timedelta(minutes=15)  # claims expire, so that an editor who went home blocks nobody


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        """Not in a final state."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> "CaseQuerySet":
        """Ready for a decision, not on hold or waiting for a reader."""
        return self.filter(state__in=WAITING_STATES)

    def reported(self) -> "CaseQuerySet":
        """Not those of the desk's own that no reader has joined."""
        return self.filter(Q(echo_of=None) | Q(readers__gte=1))

    def by_rank(self) -> "CaseQuerySet":
        """By priority; see corrections.triage.priority."""
        return self.order_by("rank", "pk")


class Case(models.Model):
    """A unit of work for the desk; 300 suggestions about the same typo make one case."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a case", "Open")
        PROPOSED = "proposed", pgettext_lazy("state of a case", "Waiting for a second editor")
        HELD = "held", pgettext_lazy("state of a case", "On hold")
        ASKED = "asked", pgettext_lazy("state of a case", "Waiting for a reader's answer")
        HANDED_OVER = "handed_over", pgettext_lazy("state of a case", "On its way into the article")
        DECIDED = "decided", pgettext_lazy("state of a case", "Decided a moment ago")
        PUBLISHED = "published", pgettext_lazy("state of a case", "Published")
        DECLINED = "declined", pgettext_lazy("state of a case", "Declined")
        ALREADY_FIXED = "already_fixed", pgettext_lazy("state of a case", "Already fixed")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a case", "Taken back by its readers")
        MERGED = "merged", pgettext_lazy("state of a case", "Merged into another")
        SPAM = "spam", pgettext_lazy("state of a case", "Spam")

    article = models.ForeignKey(Article, models.PROTECT, related_name="cases", verbose_name=_("article"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.OPEN)
    category = models.CharField(_("kind of error"), max_length=8, choices=Category.choices)
    readers = models.PositiveIntegerField(_("readers"), default=0)
    first_at = models.DateTimeField(pgettext_lazy("when", "first reported"))
    last_at = models.DateTimeField(pgettext_lazy("when", "last reported"))

    # The passage as its first reader marked it; an empty field means the article as a whole.
    # Translators: headline, standfirst, byline or body
    field = models.CharField(_("part"), max_length=10, choices=Field.choices, blank=True)
    exact = models.TextField(_("passage"), blank=True)
    replacement = models.TextField(_("suggested"), null=True)
    # What it is about instead, as its first reader saw it; the digest (SHA-256) finds it in others.
    about_element = models.CharField(_("about"), max_length=7, choices=AboutElement.choices, blank=True)
    about_digest = models.CharField(max_length=64, blank=True)

    # The current anchor: code point offsets in the field's canonical text in the revision `anchored_in`.
    anchored_in = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    # Translators: where the passage stands now
    anchor = models.CharField(_("place"), max_length=10, choices=AnchorStatus.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # The smallest changed span; suggestions with overlapping spans share a case.
    change_start = models.PositiveIntegerField(null=True)
    change_end = models.PositiveIntegerField(null=True)
    flags = models.JSONField(_("flags"), default=list, blank=True)

    # Sort key of the queue: the time of the first report, moved earlier for urgent cases.
    # Translators: the moment by which cases are ordered
    rank = models.DateTimeField(pgettext_lazy("when", "rank"), default=timezone.now)
    looked_at = models.DateTimeField(pgettext_lazy("when", "first looked at"), null=True)
    # A claim expires at `claimed_until`; with None the case is assigned permanently.
    assignee = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("with"))
    claimed_until = models.DateTimeField(null=True)
    held_until = models.DateTimeField(pgettext_lazy("when", "on hold until"), null=True)
    # For the desk alone: in no history, and gone once the case is settled.
    hold_reason = models.CharField(_("why it is on hold"), max_length=300, blank=True, default="", db_default="")
    question = models.TextField(_("question to the readers"), blank=True)
    # Salt of the commitment in the Act; erasing it makes the commitment meaningless.
    question_salt = models.CharField(max_length=64, blank=True, editable=False)
    # A case of the desk's own: the revision in which the same mistake stood. No reader stands behind it.
    echo_of = models.ForeignKey(
        Revision, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("same mistake in")
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_cases")
    decision = models.ForeignKey("Decision", models.PROTECT, null=True, related_name="cases")

    decided_by = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(pgettext_lazy("when", "decided"), null=True)
    reason = models.TextField(_("public reason"), blank=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="cases")
    published_in = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="cases")
    # The published passage: code point offsets in the field's canonical text in `published_in`.
    spot_start = models.PositiveIntegerField(null=True)
    spot_end = models.PositiveIntegerField(null=True)

    created_at = models.DateTimeField(auto_now_add=True)

    # Counts and anchors are excluded: they change automatically and can be derived from suggestions and revisions.
    history = HistoricalRecords(
        history_change_reason_field=models.TextField(null=True),
        excluded_fields=[
            *("readers", "last_at", "anchored_in", "anchor", "start", "end", "change_start", "change_end"),
            *("rank", "looked_at", "decision", "created_at", "about_digest", "echo_of", "hold_reason"),
        ],
    )
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["rank", "id"], name="case_waiting_order", condition=Q(state__in=["open", "proposed"])),
            models.Index(
                fields=["state", "rank", "id"],
                name="case_aside_order",
                condition=Q(state__in=["proposed", "held", "asked", "handed_over"]),
            ),
            models.Index(fields=["state", "-decided_at", "-id"], name="case_settled_order"),
            models.Index(fields=["first_at", "id"], name="case_reported_order"),
            # Facets that match few of a million waiting cases need an index in queue order.
            *(
                models.Index(
                    fields=[narrowed, "rank", "id"],
                    name=f"case_waiting_{narrowed}",
                    condition=Q(state__in=["open", "proposed"]),
                )
                for narrowed in ("article", "category", "anchor", "assignee")
            ),
            models.Index(
                fields=["rank", "id"],
                name="case_waiting_echoes",
                condition=Q(state__in=["open", "proposed"], echo_of__isnull=False),
            ),
            models.Index(
                fields=["article", "anchored_in"],
                name="case_open_anchor",
                condition=Q(state__in=["open", "proposed", "held", "asked", "handed_over", "decided"]),
            ),
            models.Index(fields=["held_until"], name="case_held", condition=Q(state="held")),
            models.Index(fields=["created_at"], name="case_created"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_span_is_whole",
                # isnull beside the comparison, which alone would be NULL, and NULL passes a CHECK.
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, end__gte=models.F("start")),
            ),
            models.CheckConstraint(
                name="case_published_names_revision",
                condition=~Q(state="published") | Q(published_in__isnull=False),
            ),
            models.CheckConstraint(name="case_declined_says_why", condition=~Q(state="declined") | ~Q(reason="")),
            models.CheckConstraint(
                name="case_held_says_until", condition=~Q(state="held") | Q(held_until__isnull=False)
            ),
            models.CheckConstraint(name="case_asked_has_question", condition=~Q(state="asked") | ~Q(question="")),
            models.CheckConstraint(
                name="case_merged_says_where", condition=~Q(state="merged") | Q(merged_into__isnull=False)
            ),
            models.CheckConstraint(
                name="case_decided_says_what", condition=~Q(state="decided") | Q(decision__isnull=False)
            ),
        ]
        permissions = [
            ("decide_case", gettext_noop("Can decide cases")),
            ("view_numbers", gettext_noop("Can see the desk's numbers")),
        ]

    def __str__(self) -> str:
        about = self.exact[:60] or self.get_about_element_display() or self.get_category_display()
        return f"{self.article.slug}: {about}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_own(self) -> bool:
        """Of the desk's own, and no reader has joined it."""
        return self.echo_of_id is not None and not self.readers

    @property
    def is_placed(self) -> bool:
        return self.start is not None

    @property
    def is_in_hand(self) -> bool:
        """Claimed (and not expired) or assigned."""
        now = timezone.now()
        return self.assignee_id is not None and (
            self.claimed_until is None
            or now < self.claimed_until <= now + CLAIM + CLOCKS_DIFFER  # further ahead: by a wrong clock
        )


WAITING_STATES = (Case.State.OPEN, Case.State.PROPOSED)
OPEN_STATES = (*WAITING_STATES, Case.State.HELD, Case.State.ASKED, Case.State.HANDED_OVER, Case.State.DECIDED)


class SavedFilter(models.Model):
    """A list of cases that one editor named; seen by nobody else."""

    editor = models.ForeignKey(Editor, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField()  # query string of the list

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["editor", "name"], name="saved_filter_once_per_editor")]

    def __str__(self) -> str:
        return self.name
