"""Suggestion: what one reader sent about one passage."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.models.cases import Case
from corrections.models.choices import ABOUT_SENTENCES, AboutElement, Category, Field
from newsroom.models import Article, Revision


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def live(self) -> "SuggestionQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


class Suggestion(models.Model):
    """A reader's submission, stored verbatim. The row itself is the triage queue (transactional outbox)."""

    class Status(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("state of a suggestion", "Received")
        TRIAGED = "triaged", pgettext_lazy("state of a suggestion", "In a case")
        # Quarantined during a flood; an editor releases it.
        HELD = "held", pgettext_lazy("state of a suggestion", "Held for review")
        FAILED = "failed", pgettext_lazy("state of a suggestion", "Could not be triaged")
        # Marked by an editor in quarantine, so without a case.
        SPAM = "spam", pgettext_lazy("state of a suggestion", "Rejected as spam")
        # Withdrawn before triage; withdrawn later, the status stays "triaged".
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a suggestion", "Taken back before triage")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="suggestions", verbose_name=_("article"))
    # No index: never queried by revision, and revisions are never deleted.
    # Translators: the revision that the reader read
    read_in = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name=_("version read"), db_index=False
    )

    # The quote: code point offsets in the field's canonical text; an empty field means the whole article.
    field = models.CharField(_("part"), max_length=10, choices=Field.choices, blank=True)
    exact = models.TextField(_("passage"), blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    # Without a quote: a picture, figure, table or notice of the revision; empty for the article as a whole.
    about_element = models.CharField(_("about"), max_length=7, choices=AboutElement.choices, blank=True)
    about_index = models.PositiveIntegerField(null=True)

    replacement = models.TextField(_("suggested"), null=True)
    note = models.TextField(_("note"), blank=True)
    category = models.CharField(_("kind of error"), max_length=8, choices=Category.choices)
    evidence_url = models.CharField(_("evidence"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    credit = models.BooleanField(_("wants to be named"), default=False)
    # The honeypot field was filled in.
    looks_automatic = models.BooleanField(_("looks automated"), default=False)
    # Sent with a valid form timestamp, old enough for a person to have filled in the form.
    is_stamped = models.BooleanField(_("came from our form"), default=False)

    token_hash = models.CharField(max_length=64)
    key_hash = models.CharField(max_length=64, null=True)
    request_digest = models.CharField(max_length=64)

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED)
    received_at = models.DateTimeField(pgettext_lazy("when", "received"), auto_now_add=True)
    triaged_at = models.DateTimeField(pgettext_lazy("when", "triaged"), null=True)
    # Set together with the status "spam".
    thrown_out_at = models.DateTimeField(pgettext_lazy("when", "rejected"), null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="suggestions", verbose_name=_("case"))
    # The former case, when an editor merged it into another.
    merged_from = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)

    # HMAC of the network address, for rate limits and duplicate readers; deleted after a day.
    address_hash = models.CharField(max_length=64, blank=True)

    # When the reader replied to the case's question (see Reply); reset when an editor asks again.
    answered_at = models.DateTimeField(pgettext_lazy("when", "answered"), null=True)

    withdrawn_at = models.DateTimeField(pgettext_lazy("when", "taken back"), null=True)
    erased_at = models.DateTimeField(pgettext_lazy("when", "erased"), null=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [
            models.Index(fields=["received_at"], name="suggestion_owed", condition=Q(status="received")),
            models.Index(fields=["received_at"], name="suggestion_failed", condition=Q(status="failed")),
            models.Index(fields=["received_at"], name="suggestion_held", condition=Q(status="held")),
            models.Index(fields=["thrown_out_at"], name="suggestion_thrown_out", condition=Q(status="spam")),
            models.Index(fields=["withdrawn_at"], name="suggestion_taken_back", condition=Q(status="withdrawn")),
            models.Index(fields=["address_hash"], name="suggestion_sender", condition=~Q(address_hash="")),
            models.Index(fields=["received_at"], name="suggestion_sender_age", condition=~Q(address_hash="")),
        ]
        constraints = [
            # UniqueConstraint, since `unique=True` on a text field adds a LIKE index on PostgreSQL.
            models.UniqueConstraint(fields=["token_hash"], name="suggestion_token_once"),
            models.UniqueConstraint(fields=["key_hash"], name="suggestion_key_once"),
            models.CheckConstraint(
                name="suggestion_triaged_has_case",
                condition=Q(status="triaged", case__isnull=False) | (~Q(status="triaged") & Q(case=None)),
            ),
            # Withdrawn before triage: status "withdrawn". Withdrawn later: the status stays "triaged".
            models.CheckConstraint(
                name="suggestion_withdrawn_is_not_owed",
                condition=Q(status="triaged")
                | Q(status="withdrawn", withdrawn_at__isnull=False)
                | Q(status__in=["received", "held", "failed", "spam"], withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="suggestion_about_has_index",
                condition=Q(about_element="", about_index=None)
                | (~Q(about_element="") & Q(about_index__isnull=False, field="")),
            ),
            models.CheckConstraint(
                name="suggestion_erased_holds_no_one",
                condition=Q(erased_at=None) | Q(name="", note="", evidence_url="", credit=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exact[:60]} → {self.replacement or ''}"

    @property
    def about_sentence(self) -> str:
        """What it is about, of one without a passage."""
        return str(ABOUT_SENTENCES[self.about_element])


class Thanks(models.Model):
    """The name to credit beside a published correction; erased by deleting the row."""

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="thanks")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(name="thanks_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
