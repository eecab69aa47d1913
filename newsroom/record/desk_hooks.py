"""What the public record asks of the correction desk, which it knows by the names in the settings alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


def credits_of(revisions: Iterable[int]) -> dict[int, list[str]]:
    """Names of the readers who asked to be thanked, by the revisions' keys; those without any are left out."""
    return cast(dict[int, list[str]], import_string(settings.CREDITS)(revisions))


def median_wait(since: datetime | None, until: datetime | None) -> timedelta | None:
    """From a reader's first word to the revision that answered it: the middle of those published in the period."""
    return cast(timedelta | None, import_string(settings.WAITS)(since, until))
