"""Sources: sites whose articles another system publishes, and where each of those articles stands."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from newsroom.encryption import new_source_key
from newsroom.models.articles import Article
from newsroom.models.editors import Editor

MAX_ADDRESS = 1000  # characters, as the guarded client takes them


class Source(models.Model):
    """A site whose articles are corrected here and published there."""

    key = models.CharField(_("public key"), max_length=40, unique=True, default=new_source_key, editable=False)
    name = models.CharField(_("name"), max_length=80)
    # Exact: scheme, host and port, as a browser sends them in the Origin header.
    origins = models.JSONField(_("addresses of the site"), default=list)
    language = models.CharField(_("language"), max_length=16, default="en")
    # CSS selectors; an empty one is guessed.
    root = models.CharField(_("element of the text"), max_length=300, blank=True)
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    standfirst = models.CharField(_("standfirst"), max_length=300, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    drop = models.CharField(_("no part of the text"), max_length=500, blank=True)
    account = models.ForeignKey(Editor, models.PROTECT, related_name="+", editable=False, verbose_name=_("signs as"))
    edit_url = models.CharField(_("edit page of its system"), max_length=500, blank=True)
    is_public = models.BooleanField(_("its record is public"), default=True)
    # Hours after a hand-over within which the words have to be seen on the site.
    patience = models.PositiveSmallIntegerField(_("hours until a hand-over is overdue"), default=24)
    # When its page was seen with the key: only then is it watched.
    proven_at = models.DateTimeField(null=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords(excluded_fields=["proven_at", "created_at"])

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class SourceArticle(models.Model):
    """Where an article of a Source is published, and when it is looked at next."""

    class Trouble(models.TextChoices):
        """Why the last look made no snapshot."""

        GONE = "gone", pgettext_lazy("trouble with a page", "The page is gone")
        UNREACHABLE = "unreachable", pgettext_lazy("trouble with a page", "The page cannot be reached")
        ELSEWHERE = "elsewhere", pgettext_lazy("trouble with a page", "Its canonical address leads to another site")
        ROOT_NOT_FOUND = "no_root", pgettext_lazy("trouble with a page", "The text is not where the selector says")
        ROOT_AMBIGUOUS = "ambiguous", pgettext_lazy("trouble with a page", "The selector finds several elements")
        NO_ARTICLE = "no_article", pgettext_lazy("trouble with a page", "No article was found in the page")
        PREVIEW = "preview", pgettext_lazy("trouble with a page", "Only a part of the article can be read")
        ROBOTS = "robots", pgettext_lazy("trouble with a page", "robots.txt asks not to look")
        WITHHELD = "withheld", pgettext_lazy("trouble with a page", "It holds words that are withheld here")

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="placed")
    source = models.ForeignKey(Source, models.PROTECT, related_name="articles")
    url = models.CharField(max_length=MAX_ADDRESS)  # the canonical one
    external_id = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    fetched_at = models.DateTimeField(null=True)  # when a look at it last began
    looked_at = models.DateTimeField(null=True)  # when the look began whose words are stored
    next_look_at = models.DateTimeField(null=True)  # NULL: not watched
    step = models.PositiveSmallIntegerField(default=0)  # in the schedule of looks
    handed_over_at = models.DateTimeField(null=True)  # while a hand-over waits to be seen
    trouble = models.CharField(max_length=11, choices=Trouble.choices, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["next_look_at"], name="source_article_due", condition=Q(next_look_at__isnull=False))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="source_article_id_once", condition=~Q(external_id="")
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def patience(self) -> timedelta:
        return timedelta(hours=self.source.patience)

    @property
    def edit_url(self) -> str:
        """Where an editor changes it in the site's own system; empty where nobody has said."""
        return self.source.edit_url.replace("{id}", self.external_id).replace("{url}", self.url)


class SourceAddress(models.Model):
    """An address under which an article of a Source was read: its canonical one, or an alias."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    url = models.CharField(max_length=MAX_ADDRESS)
    article = models.ForeignKey(SourceArticle, models.PROTECT, related_name="addresses")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "url"], name="source_address_once")]

    def __str__(self) -> str:
        return self.url
