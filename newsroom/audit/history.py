"""Saves rows with django-simple-history: who did it and why, or no history at all; and tells why in any language."""

import re
from collections.abc import Iterable
from functools import cache

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from newsroom.models import Editor, Kind

# Why an article's row changed, as it is stored: in English, in the words that the history had from the beginning.
DRAFTED, DESCRIBED = gettext_noop("draft"), gettext_noop("description")
DISCARDED, IMPORTED = gettext_noop("draft discarded"), gettext_noop("import")
PUBLISHED = re.compile(rf"({'|'.join(Kind.values)}) ([0-9]+)")


def save_with_reason(row: Model, *, by: Editor | None, reason: str) -> None:
    """Save a row and a row of its history that names the actor (None: the machine) and the reason."""
    # These two names are how the library is told; they stick to the instance, so they are set anew each time.
    setattr(row, "_history_user", by)  # noqa: B010  # the model does not declare them
    setattr(row, "_change_reason", reason)  # noqa: B010
    row.save()


def save_unrecorded(row: Model) -> None:
    """Save a row that the machine alone moved, without a row of history."""
    save = getattr(row, "save_without_historical_record")  # noqa: B009  # the library adds it at run time
    save()


def retold(reason: str, known: Iterable[str]) -> str:
    """A stored reason in the language of now, if it is one of the `known` sentences; what a person wrote stays."""
    for sentence in known:
        if found := _pattern(sentence).fullmatch(reason):
            return _(sentence) % found.groupdict()
    return reason


def retold_of_article(reason: str) -> str:
    if found := PUBLISHED.fullmatch(reason):
        # Translators: in the history of an article: the kind of revision, such as “Correction”, and its number
        return _("%(kind)s, revision %(number)s") % {"kind": Kind(found[1]).label, "number": found[2]}
    return retold(reason, (DRAFTED, DESCRIBED, DISCARDED, IMPORTED))


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    words = re.split(r"%\((\w+)\)s", sentence)
    return re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(words)))
