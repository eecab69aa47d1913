"""What readers sent and what the desk works on."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
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
        """Everything that is not settled yet."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> "CaseQuerySet":
        """What an editor can decide now."""
        return self.filter(state__in=WAITING_STATES)

    def first_first(self) -> "CaseQuerySet":
        """In the order in which the desk should take them; see corrections.priority."""
        return self.order_by("rank", "pk")


class Case(models.Model):
    """One passage of one article and all suggestions about it."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PROPOSED = "proposed", _("Waits for a second editor")
        HELD = "held", _("On hold")
        ASKED = "asked", _("Waits for a reader's answer")
        DECIDED = "decided", _("Decided a moment ago")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")
        ALREADY_FIXED = "already_fixed", _("Already fixed")
        WITHDRAWN = "withdrawn", _("Taken back by its readers")
        MERGED = "merged", _("Merged into another")
        SPAM = "spam", _("Spam")

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

    # The moment by which the queue is ordered: the first report, moved ahead by what makes the case urgent.
    rank = models.DateTimeField(_("rank"), default=timezone.now)
    looked_at = models.DateTimeField(_("first looked at"), null=True)
    # A claim says who has the case in hand, and lapses by itself; None in `claimed_until` is an assignment that stays.
    assignee = models.ForeignKey(Editor, models.PROTECT, null=True, related_name="+", verbose_name=_("in hand of"))
    claimed_until = models.DateTimeField(null=True)
    held_until = models.DateTimeField(_("on hold until"), null=True)
    question = models.TextField(_("question to the readers"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_cases")
    decision = models.ForeignKey("Decision", models.PROTECT, null=True, related_name="cases")

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
        excluded_fields=[
            *("readers", "last_at", "anchored_in", "anchor", "start", "end", "change_start", "change_end"),
            *("rank", "looked_at", "decision"),
        ],
    )
    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["rank", "id"], name="case_waiting_order", condition=Q(state__in=["open", "proposed"])),
            models.Index(fields=["state", "-decided_at", "-id"], name="case_settled_order"),
            models.Index(
                fields=["article", "anchored_in"],
                name="case_open_anchor",
                condition=Q(state__in=["open", "proposed", "held", "asked", "decided"]),
            ),
            models.Index(fields=["held_until"], name="case_held", condition=Q(state="held")),
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
        permissions = [("decide_case", "Can decide cases"), ("view_numbers", "Can see the desk's numbers")]

    def __str__(self) -> str:
        return f"{self.article.slug}: {self.exact[:60] or self.get_category_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_placed(self) -> bool:
        return self.start is not None

    @property
    def is_in_hand(self) -> bool:
        """Whether an editor has it, by a claim that has not lapsed or by assignment."""
        return self.assignee_id is not None and (self.claimed_until is None or self.claimed_until > timezone.now())


WAITING_STATES = (Case.State.OPEN, Case.State.PROPOSED)
OPEN_STATES = (*WAITING_STATES, Case.State.HELD, Case.State.ASKED, Case.State.DECIDED)


class Decision(models.Model):
    """What an editor decided a moment ago: it can be undone until it falls due, and is then carried out."""

    class State(models.TextChoices):
        PENDING = "pending", _("Can be undone")
        CARRIED_OUT = "carried_out", _("Carried out")
        UNDONE = "undone", _("Undone")
        RETURNED = "returned", _("Could not be carried out")

    class Verb(models.TextChoices):
        PUBLISH = "publish", _("Published")
        PROPOSE = "propose", _("Laid before a second editor")
        DECLINE = "decline", _("Declined")
        FIXED = "fixed", _("Closed as already fixed")
        SPAM = "spam", _("Marked as spam")

    verb = models.CharField(_("what was decided"), max_length=20, choices=Verb.choices)
    by = models.ForeignKey(Editor, models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"))
    due_at = models.DateTimeField(_("falls due"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)
    # Everything that carrying it out takes; emptied once that is done.
    payload = models.JSONField(default=dict)
    # What the editor wrote, by label, given back when it could not be carried out; and why not.
    typed = models.JSONField(default=dict)
    outcome = models.TextField(blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["due_at"], name="decision_due", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} ({self.get_state_display()})"


class Reason(models.Model):
    """A public reason for declining that editors can choose instead of writing it each time."""

    language = models.CharField(_("language"), max_length=16, default="en")
    text = models.CharField(_("reason"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="reason_once_per_language")]

    def __str__(self) -> str:
        return self.text


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

    # Keyed hash of the network address, which tells one sender's suggestions of a day from another's.
    address_hash = models.CharField(max_length=64, blank=True)

    # The editor's question is the case's; each reader answers for themselves.
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    # What the reader did with it afterwards.
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [
            models.Index(fields=["received_at"], name="suggestion_owed", condition=Q(status="received")),
            models.Index(fields=["received_at"], name="suggestion_failed", condition=Q(status="failed")),
            models.Index(fields=["address_hash"], name="suggestion_sender", condition=~Q(address_hash="")),
            models.Index(fields=["received_at"], name="suggestion_sender_age", condition=~Q(address_hash="")),
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
