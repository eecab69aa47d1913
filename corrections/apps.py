"""The app of the correction desk."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from corrections.roles import make_groups


class CorrectionsConfig(AppConfig):
    name = "corrections"
    verbose_name = _("Correction desk")

    def ready(self) -> None:
        post_migrate.connect(make_groups, sender=self)
