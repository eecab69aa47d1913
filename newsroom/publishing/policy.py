"""The one table that says what each kind of revision demands; publishing enforces it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from newsroom.diffs.significance import Touch
from newsroom.languages import speaking, spoken_for
from newsroom.models import Kind


class Notice(StrEnum):
    """Where the article itself says that it was changed."""

    NONE = "none"
    TOP = "top"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of revision demands.

    note_required: there must be a public note.
    note_names_change: the note must name words that went or came, so that it says what was wrong and what is right.
    second_editor: somebody other than its editor must have approved it.
    listed: it stands in the site's public record and feeds; every kind stands in the article's changelog.
    minor: the changelog folds it.
    """

    note_required: bool = False
    note_names_change: bool = False
    second_editor: bool = False
    listed: bool = False
    notice: Notice = Notice.NONE
    minor: bool = False


POLICY: Mapping[Kind, Rule] = MappingProxyType(
    {
        Kind.PUBLICATION: Rule(),
        Kind.UPDATE: Rule(),
        Kind.TYPO: Rule(minor=True),
        Kind.CLARIFICATION: Rule(
            note_required=True,
            listed=True,
            notice=Notice.FOOT,
        ),
        Kind.CORRECTION: Rule(
            note_required=True,
            note_names_change=True,
            second_editor=True,
            listed=True,
            notice=Notice.TOP,
        ),
        Kind.RETRACTION: Rule(
            note_required=True,
            second_editor=True,
            listed=True,
            notice=Notice.TOP,
        ),
    }
)
LISTED_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.listed)
NOTICE_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.notice is not Notice.NONE)


def needs_second_editor(kind: Kind, touches: frozenset[Touch]) -> bool:
    """Whether a change of this kind needs two pairs of eyes.

    A change that touches a number, name, link, quotation or negation may alter the meaning, so calling it a typing
    error takes a second editor too.
    """
    return POLICY[kind].second_editor or (kind is Kind.TYPO and bool(touches))


def kind_name(kind: Kind, language: str) -> tuple[str, str]:
    """What a kind is called on pages of an article in a language such as "uk" or "de-AT", and the language of that
    name.
    """
    with speaking(language):
        return str(kind.label), spoken_for(language)
