"""Labels of a suggestion's flags, for editors: which words are flagged, and as what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from corrections.models import Category
from corrections.screening.flags import WARNINGS, Flag, describe_code_points, find_flags
from newsroom.diffs.words import word_diff
from newsroom.publishing.policy import OFFERED_KINDS, POLICY

MOST_CHANGES = 8  # looked at one by one
MOST_SHOWN = 60  # characters of one side of a change

# In general, as for filters and lists.
FLAG_WORDS: dict[Flag, Promise] = {
    Flag.NUMBER: gettext_lazy("changes a number"),
    Flag.NAME: gettext_lazy("changes a name"),
    Flag.LINK: gettext_lazy("changes a link"),
    Flag.QUOTATION: gettext_lazy("changes a quotation"),
    Flag.NEGATION: gettext_lazy("reverses the meaning"),
    Flag.LARGE: gettext_lazy("is larger than its kind of error suggests"),
    Flag.HIDDEN: gettext_lazy("adds invisible characters"),
    Flag.MIXED_SCRIPTS: gettext_lazy("mixes look-alike letters"),
    Flag.ADVERTISING: gettext_lazy("looks like advertising"),
    Flag.AUTOMATIC: gettext_lazy("looks automated"),
    Flag.SPELLING: gettext_lazy("the word list agrees with the new spelling"),
}
# Of one change, as in "67 → 57 is a number".
CHANGE_WORDS: dict[Flag, Promise] = {
    Flag.NUMBER: gettext_lazy("%(change)s is a number"),
    Flag.NAME: gettext_lazy("%(change)s is a name"),
    Flag.LINK: gettext_lazy("%(change)s is a link"),
    Flag.QUOTATION: gettext_lazy("%(change)s is in a quotation"),
    Flag.NEGATION: gettext_lazy("%(change)s reverses the meaning"),
    Flag.SPELLING: gettext_lazy("%(change)s: the word list agrees"),
}
ALONE = " ".join(kind.value for kind in OFFERED_KINDS if not POLICY[kind].second_editor)


@dataclass(frozen=True, slots=True)
class FlagLabel:
    """A flag's label; a flag that is no warning speaks for the suggestion.

    `kinds`: the kinds of revision with which it matters; empty for all.
    """

    words: Promise | str
    is_warning: bool
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class FlaggedChange:
    """The passage, its new wording and what stands around it."""

    old: str
    new: str
    before: str
    after: str
    category: str
    language: str


def flag_labels(flags: Iterable[str]) -> list[FlagLabel]:
    """In general words, warnings first."""
    return [FlagLabel(FLAG_WORDS[flag], flag in WARNINGS) for flag in _sorted(flags)]


def change_labels(flags: Iterable[str], change: FlaggedChange) -> list[FlagLabel]:
    """What is flagged of this change, word by word; warnings first."""
    parts = list(_parts(change))
    found = [(shown, _flags(change, new)) for shown, new in parts] if len(parts) <= MOST_CHANGES else []
    return [label for flag in _sorted(flags) for label in _labels(flag, change, found)]


def _labels(flag: Flag, change: FlaggedChange, found: list[tuple[str, list[Flag]]]) -> Iterator[FlagLabel]:
    if flag == Flag.LARGE:
        category = Category(change.category).label
        yield FlagLabel(_("Larger than “%(category)s” suggests") % {"category": category}, is_warning=True, kinds=ALONE)
    elif flag in (Flag.HIDDEN, Flag.MIXED_SCRIPTS) and (points := describe_code_points(change.old, change.new)):
        words = _("%(characters)s: a look-alike or invisible character") % {"characters": ", ".join(points)}
        yield FlagLabel(words, is_warning=True)
    elif flag in CHANGE_WORDS and (shown := [words for words, flags in found if flag in flags]):
        for words in shown:
            yield FlagLabel(_sentence(flag, words), flag in WARNINGS)
    else:
        yield FlagLabel(FLAG_WORDS[flag], flag in WARNINGS)


def _sentence(flag: Flag, words: str) -> str:
    if flag == Flag.NUMBER and not any(character.isdecimal() for character in words):
        return _("%(change)s is a day, a month or a sum") % {"change": words}
    return str(CHANGE_WORDS[flag]) % {"change": words}


def _parts(change: FlaggedChange) -> Iterator[tuple[str, str]]:
    """Each changed place: its words as shown, and the passage in which it alone changes."""
    pieces, at = word_diff(change.old, change.new), 0
    gone = come = ""
    for piece in [*pieces, None]:
        if piece is None or piece.op == "equal":
            if gone or come:
                yield _shown(gone.strip(), come.strip()), change.old[: at - len(gone)] + come + change.old[at:]
            gone = come = ""
            at += len(piece.text) if piece else 0
        elif piece.op == "delete":
            gone, at = gone + piece.text, at + len(piece.text)
        else:
            come += piece.text


def _shown(gone: str, come: str) -> str:
    old, new = (f"{words[:MOST_SHOWN]}…" if len(words) > MOST_SHOWN else words for words in (gone, come))
    if not old:
        return _("%(words)s (put in)") % {"words": new}
    if not new:
        return _("%(words)s (taken out)") % {"words": old}
    # Translators: old words, new words; the arrow points in the direction of reading
    return pgettext("a change", "%(old)s → %(new)s") % {"old": old, "new": new}


def _flags(change: FlaggedChange, new: str) -> list[Flag]:
    return find_flags(
        change.old,
        new,
        prefix=change.before,
        suffix=change.after,
        category=change.category,
        language=change.language,
    )


def _sorted(flags: Iterable[str]) -> list[Flag]:
    return sorted(map(Flag, flags), key=lambda flag: flag not in WARNINGS)
