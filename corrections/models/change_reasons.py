"""Change reasons for a Case's history. Stored in English; translated on display."""

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from newsroom.audit.history import told_by, translate_reason


class ChangeReason(StrEnum):
    """Where an editor writes the reason, as for declining, that text is stored instead."""

    PUBLISHED = gettext_noop("published in version %(number)s")
    FIXED = gettext_noop("already fixed")
    SPAM = gettext_noop("spam")
    HELD = gettext_noop("on hold until %(day)s")
    HOLD_ENDED = gettext_noop("hold ended")
    HANDED_OVER = gettext_noop("handed to %(editor)s")
    HANDED_BACK = gettext_noop("handed back")
    CLAIMED = gettext_noop("claimed")
    PROPOSED = gettext_noop("proposed")
    TO_SITE = gettext_noop("handed over to the site")
    AMENDED = gettext_noop("amended")
    MERGED_INTO = gettext_noop("merged into case %(case)s")
    MERGED_WITH = gettext_noop("merged with %(cases)s")
    SPLIT_OFF = gettext_noop("split off case %(case)s")
    SPLIT = gettext_noop("split: %(case)s and %(other)s")
    MOVED = gettext_noop("version %(number)s")
    ANSWERED = gettext_noop("answered by a reader")
    ASKED = gettext_noop("asked the readers")
    TAKEN_BACK = gettext_noop("taken back by every reader who sent it")


# As rows of older histories say it.
EARLIER = {
    "published in revision %(number)s": ChangeReason.PUBLISHED,
    "revision %(number)s": ChangeReason.MOVED,
}
UNTIL = re.compile(re.escape(ChangeReason.HELD % {"day": "DAY"}).replace("DAY", r"([0-9]{4}-[0-9]{2}-[0-9]{2})"))


def translated_reason(reason: str) -> str:
    """A day is stored as in "2026-12-01", and shown as it is written in the language."""
    if found := UNTIL.fullmatch(reason):
        with suppress(ValueError):  # an editor's own words, with a day that no calendar has
            return _(ChangeReason.HELD) % {"day": date_format(date.fromisoformat(found[1]), "DATE_FORMAT")}
    for sentence, now in EARLIER.items():
        if told := told_by(sentence, reason):
            return _(now) % told
    return translate_reason(reason, ChangeReason)
