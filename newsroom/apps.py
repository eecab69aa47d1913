"""App config: grants permissions to groups after migrate."""

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from newsroom import checks  # noqa: F401  # registers them
from newsroom.accounts.roles import PERMISSIONS, grant


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        post_migrate.connect(grant_permissions, sender=self)


def grant_permissions(*, apps: Apps, **_signal: Any) -> None:
    grant(apps, PERMISSIONS)
