"""The four groups of editors and their permissions in the newsroom; an app adds its own after its migrations."""

from collections.abc import Mapping, Sequence

from django.apps.registry import Apps
from django.utils.translation import gettext_noop

# Translators: groups of editors
COPY_EDITOR, STANDARDS_EDITOR = gettext_noop("Copy editor"), gettext_noop("Standards editor")
DESK_CHIEF, AUDITOR = gettext_noop("Desk chief"), gettext_noop("Auditor")

READ = [
    "newsroom.view_article",
    "newsroom.view_revision",
    "newsroom.view_draft",
    "newsroom.view_proposal",
    "newsroom.view_picture",
    "newsroom.view_historicalarticle",
]
WRITE = [
    "newsroom.add_article",
    "newsroom.change_article",
    "newsroom.add_draft",
    "newsroom.change_draft",
    "newsroom.add_picture",
    "newsroom.publish_revision",
]
APPROVE = [
    *("newsroom.approve_revision", "newsroom.retract_article", "newsroom.change_proposal"),
    "newsroom.withhold_revision",
]
AUDIT = ["newsroom.view_act", "newsroom.view_withholding"]
VIEW_PATTERNS = ["newsroom.view_notepattern", "newsroom.view_historicalnotepattern"]
MANAGE_PATTERNS = [
    *VIEW_PATTERNS,
    *("newsroom.add_notepattern", "newsroom.change_notepattern", "newsroom.delete_notepattern"),
]
VIEW_SOURCES = ["newsroom.view_source", "newsroom.view_historicalsource"]
MANAGE_SOURCES = [*VIEW_SOURCES, "newsroom.add_source", "newsroom.change_source"]
VIEW_ACCOUNTS = ["newsroom.view_editor", "auth.view_group"]
MANAGE_ACCOUNTS = [*VIEW_ACCOUNTS, "newsroom.add_editor", "newsroom.change_editor"]

PERMISSIONS: dict[str, list[str]] = {
    COPY_EDITOR: [*READ, *WRITE],
    STANDARDS_EDITOR: [*READ, *WRITE, *APPROVE, *AUDIT],
    DESK_CHIEF: [*READ, *WRITE, *APPROVE, *AUDIT, *MANAGE_ACCOUNTS, *MANAGE_PATTERNS, *MANAGE_SOURCES],
    AUDITOR: [*READ, *AUDIT, *VIEW_ACCOUNTS, *VIEW_PATTERNS, *VIEW_SOURCES],
}


def grant(apps: Apps, permissions: Mapping[str, Sequence[str]]) -> None:
    """Create missing groups and add the permissions to them; permissions that a site added stay."""
    known = apps.get_model("auth", "Permission").objects.select_related("content_type")
    by_code = {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in known}
    for name, codes in permissions.items():
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(by_code[code] for code in codes))
