"""Labels of a suggestion's flags, for editors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.screening.flags import WARNINGS, Flag

FLAG_WORDS: dict[Flag, Promise] = {
    Flag.NUMBER: _("changes a number"),
    Flag.NAME: _("changes a name"),
    Flag.LINK: _("changes a link"),
    Flag.QUOTATION: _("changes a quotation"),
    Flag.NEGATION: _("turns a statement round"),
    Flag.LARGE: _("is larger than its kind of error claims"),
    Flag.HIDDEN: _("adds characters that cannot be seen"),
    Flag.MIXED_SCRIPTS: _("mixes letters that look alike"),
    Flag.ADVERTISING: _("looks like advertising"),
    Flag.AUTOMATIC: _("looks sent by a machine"),
    Flag.SPELLING: _("the word list agrees with the new spelling"),
}


@dataclass(frozen=True, slots=True)
class FlagLabel:
    """A flag's label; a flag that is no warning speaks for the suggestion."""

    words: Promise
    is_warning: bool


def flag_labels(flags: Iterable[str]) -> list[FlagLabel]:
    """Warnings first."""
    known = [Flag(flag) for flag in flags]
    return [
        FlagLabel(FLAG_WORDS[flag], flag in WARNINGS) for flag in sorted(known, key=lambda flag: flag not in WARNINGS)
    ]
