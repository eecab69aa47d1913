"""Row history (django-simple-history): save with actor and reason; translate stored reasons."""

import re
from collections.abc import Iterable
from functools import cache

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from newsroom.models import Editor, Kind

# Change reasons of articles, stored in English and translated on display.
DRAFTED, DESCRIBED = gettext_noop("draft"), gettext_noop("description")
DISCARDED, IMPORTED = gettext_noop("draft discarded"), gettext_noop("import")
PUBLISHED = re.compile(rf"({'|'.join(Kind.values)}) ([0-9]+)")


def save_with_reason(row: Model, *, by: Editor | None, reason: str) -> None:
    """Save a row, with a history row naming the actor (None: the system) and the reason."""
    # simple-history reads these attributes; they stay on the instance, so set both each time.
    setattr(row, "_history_user", by)  # noqa: B010  # the model does not declare them
    setattr(row, "_change_reason", reason)  # noqa: B010
    row.save()


def save_unrecorded(row: Model) -> None:
    """Save without a history row, for changes made by the system."""
    save = getattr(row, "save_without_historical_record")  # noqa: B009  # added at run time
    save()


def translate_reason(reason: str, known: Iterable[str]) -> str:
    """Translate a stored reason if it matches one of the `known` sentences; other text is returned as it is."""
    for sentence in known:
        if (found := told_by(sentence, reason)) is not None:
            return _(sentence) % found
    return reason


def told_by(sentence: str, reason: str) -> dict[str, str] | None:
    """What a reason says in the places of a sentence; None if it is another sentence."""
    found = _pattern(sentence).fullmatch(reason)
    return found and found.groupdict()


def translate_article_reason(reason: str) -> str:
    if found := PUBLISHED.fullmatch(reason):
        # Translators: in the history of an article: the kind of revision, such as “Correction”, and its number
        return _("%(kind)s, version %(number)s") % {"kind": Kind(found[1]).label, "number": found[2]}
    return translate_reason(reason, (DRAFTED, DESCRIBED, DISCARDED, IMPORTED))


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    words = re.split(r"%\((\w+)\)s", sentence)
    return re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(words)))
