"""newsroom.settings without the correction desk, for `pytest tests/newsroom --ds=tests.support.newsroom_settings`."""

from typing import Any

from newsroom import settings

globals().update({name: getattr(settings, name) for name in dir(settings) if name.isupper()})

INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "corrections"]
MIDDLEWARE = [path for path in settings.MIDDLEWARE if not path.startswith("corrections.")]
DESK_REDACTION_HOOKS: list[str] = []
DESK_INVITATION_TEMPLATE = DESK_FOLLOW_TEMPLATE = None
DESK_HEADER_TEMPLATE = DESK_ARTICLE_TEMPLATE = DESK_TOOLS_TEMPLATE = None
DESK_PUBLICATION_HOOK = DESK_REWORDING_HOOK = DESK_PROPOSAL_HOOK = DESK_OPENED_HOOK = None
DESK_CREDITS_HOOK = DESK_MEDIAN_WAIT_HOOK = DESK_REPORTS_HOOK = DESK_BODY_ALLOWANCE_HOOK = None
APPROVAL_RULES: list[str] = []
RECORD_CHECKS = [path for path in settings.RECORD_CHECKS if not path.startswith("corrections.")]
CELERY_TASK_ROUTES: dict[str, Any] = {}
CELERY_BEAT_SCHEDULE: dict[str, Any] = {}
