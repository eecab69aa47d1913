"""The permissions of the four groups (newsroom.accounts.roles) in the correction desk."""

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR

READ = [
    "corrections.view_case",
    "corrections.view_suggestion",
    "corrections.view_mail",
    "corrections.view_historicalcase",
]
DECIDE = ["corrections.decide_case"]
VIEW_NUMBERS = ["corrections.view_numbers"]
VIEW_REASONS = ["corrections.view_reason"]
MANAGE_REASONS = [*VIEW_REASONS, "corrections.add_reason", "corrections.change_reason", "corrections.delete_reason"]
VIEW_WEBHOOKS = ["corrections.view_hook", "corrections.view_delivery"]
MANAGE_WEBHOOKS = [*VIEW_WEBHOOKS, "corrections.add_hook", "corrections.change_hook"]

PERMISSIONS: dict[str, list[str]] = {
    COPY_EDITOR: [*READ, *DECIDE],
    STANDARDS_EDITOR: [*READ, *DECIDE],
    DESK_CHIEF: [*READ, *DECIDE, *VIEW_NUMBERS, *MANAGE_REASONS, *MANAGE_WEBHOOKS],
    AUDITOR: [*READ, *VIEW_NUMBERS, *VIEW_REASONS, *VIEW_WEBHOOKS],
}
