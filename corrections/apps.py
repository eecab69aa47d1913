"""App config of the correction desk."""

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from corrections.roles import PERMISSIONS
from newsroom.accounts.roles import grant


class CorrectionsConfig(AppConfig):
    name = "corrections"
    verbose_name = _("Correction desk")

    def ready(self) -> None:
        post_migrate.connect(grant_permissions, sender=self)


def grant_permissions(*, apps: Apps, **_signal: Any) -> None:
    grant(apps, PERMISSIONS)
