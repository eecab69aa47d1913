"""The four groups of the desk and what each may do."""

from typing import Any

from django.apps.registry import Apps
from django.utils.translation import gettext_noop

# Translators: groups of editors
COPY_EDITOR, STANDARDS_EDITOR = gettext_noop("Copy editor"), gettext_noop("Standards editor")
DESK_CHIEF, AUDITOR = gettext_noop("Desk chief"), gettext_noop("Auditor")

SEES = [
    "corrections.view_case",
    "corrections.view_suggestion",
    "corrections.view_mail",
    "newsroom.view_article",
    "newsroom.view_revision",
    "newsroom.view_draft",
    "newsroom.view_proposal",
    "newsroom.view_picture",
    "newsroom.view_historicalarticle",
    "corrections.view_historicalcase",
]
WRITES = [
    "corrections.decide_case",
    "newsroom.add_article",
    "newsroom.change_article",
    "newsroom.add_draft",
    "newsroom.change_draft",
    "newsroom.add_picture",
    "newsroom.publish_revision",
]
SIGNS = [
    *("newsroom.approve_revision", "newsroom.retract_article", "newsroom.change_proposal"),
    "newsroom.withhold_revision",
]
COUNTS = ["corrections.view_numbers"]
LEADS = [
    *("corrections.view_reason", "corrections.add_reason", "corrections.change_reason", "corrections.delete_reason"),
    *COUNTS,
    "newsroom.view_editor",
    "newsroom.add_editor",
    "newsroom.change_editor",
    "auth.view_group",
]
CONNECTS = ["corrections.add_hook", "corrections.change_hook"]
SEES_CONNECTIONS = ["corrections.view_hook", "corrections.view_delivery"]
AUDITS = ["newsroom.view_act", "newsroom.view_withholding"]

ROLES: dict[str, list[str]] = {
    COPY_EDITOR: [*SEES, *WRITES],
    STANDARDS_EDITOR: [*SEES, *WRITES, *SIGNS, *AUDITS],
    DESK_CHIEF: [*SEES, *WRITES, *SIGNS, *AUDITS, *LEADS, *CONNECTS, *SEES_CONNECTIONS],
    AUDITOR: [
        *(*SEES, *AUDITS, *COUNTS, *SEES_CONNECTIONS),
        *("corrections.view_reason", "newsroom.view_editor", "auth.view_group"),
    ],
}


def make_groups(*, apps: Apps, **_signal: Any) -> None:
    """Make each group where it is missing and give it what the table says; a desk's own additions stay."""
    known = apps.get_model("auth", "Permission").objects.select_related("content_type")
    permissions = {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in known}
    for name, codes in ROLES.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(permissions[code] for code in codes))
