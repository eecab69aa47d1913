"""Hooks of the correction desk into the public record: dotted paths in the settings, None without a desk."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


def credits_of(revisions: Iterable[int]) -> dict[int, list[str]]:
    """Names of readers who asked to be thanked, by revision key; revisions without any are left out."""
    if settings.DESK_CREDITS_HOOK is None:
        return {}
    return cast(dict[int, list[str]], import_string(settings.DESK_CREDITS_HOOK)(revisions))


def median_wait(since: datetime | None, until: datetime | None) -> timedelta | None:
    """Median time from a reader's first report to the revision that answered it, of those published in the period."""
    if settings.DESK_MEDIAN_WAIT_HOOK is None:
        return None
    return cast(timedelta | None, import_string(settings.DESK_MEDIAN_WAIT_HOOK)(since, until))
