"""What `check --deploy` says beside Django's own: columns whose key is lost."""

from typing import Any

from django.core.checks import WARNING, CheckMessage, Tags, register
from django.db import DatabaseError

from newsroom.encryption import lost_keys


@register(Tags.security, deploy=True)
def check_lost_keys(**_options: Any) -> list[CheckMessage]:
    try:
        line = lost_keys()
    except DatabaseError:  # not migrated yet, or away: nothing to tell
        return []
    hint = "Or put the key of that time into SECRET_KEY_FALLBACKS."
    return [CheckMessage(WARNING, line, hint=hint, id="newsroom.W001")] if line else []
