"""The user model (AUTH_USER_MODEL)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Editor(AbstractUser):
    """A member of the desk."""

    class Notified(models.TextChoices):
        NEVER = "never", pgettext_lazy("when an editor is told by mail", "Not by mail")
        DIGEST = "digest", pgettext_lazy("when an editor is told by mail", "In the digest, morning and noon")
        AT_ONCE = "at_once", pgettext_lazy("when an editor is told by mail", "At once")

    public_name = models.CharField(
        _("public name"), max_length=120, blank=True, help_text=_("Shown beside versions; empty means “the desk”.")
    )

    letter_keys = models.BooleanField(
        _("letter keys"), default=True, help_text=_("Decide cases at the desk by single letters, such as P to publish.")
    )

    digest = models.BooleanField(
        _("digest by mail"),
        default=False,
        help_text=_("Morning and noon: how much waits at the desk, and what is yours."),
    )

    notified_by_mail = models.CharField(
        _("notifications by mail"),
        max_length=7,
        choices=Notified.choices,
        default=Notified.NEVER,
        help_text=_("When a case is handed to you, you are mentioned, a reader answers, or your proposal is decided."),
    )

    language = models.CharField(_("language of the desk"), max_length=16, blank=True)

    time_zone = models.CharField(_("time zone of the desk"), max_length=64, blank=True, default="", db_default="")

    tour_due = models.BooleanField(default=True, db_default=False, editable=False)  # not for those who were here before

    class Meta:
        verbose_name = _("editor")
        verbose_name_plural = _("editors")

    def __str__(self) -> str:
        return self.printed_name or self.username

    @property
    def printed_name(self) -> str:
        """Empty where there is only the name to log in with."""
        return self.public_name or self.get_full_name()


class KnownNetwork(models.Model):
    """A network from which an editor logged in, as a keyed hash; kept for 30 days."""

    editor = models.ForeignKey(Editor, on_delete=models.CASCADE, related_name="+")
    network = models.GenericIPAddressField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("network", "editor"), name="known_network_once"),)

    def __str__(self) -> str:
        return str(self.network)
