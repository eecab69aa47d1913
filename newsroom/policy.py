"""The one table that says what each kind of revision demands; publishing enforces it."""

from dataclasses import dataclass
from enum import StrEnum

from newsroom.meaning import Touch
from newsroom.models import Kind


class Notice(StrEnum):
    """Where the article itself says that it was changed."""

    NONE = "none"
    TOP = "top"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of revision demands.

    note_required: a public note must say what was wrong and what is right.
    second_editor: somebody other than its editor must have approved it.
    listed: it stands in the site's public record and feeds; every kind stands in the article's changelog.
    """

    note_required: bool
    second_editor: bool
    listed: bool
    notice: Notice


POLICY: dict[Kind, Rule] = {
    Kind.PUBLICATION: Rule(note_required=False, second_editor=False, listed=False, notice=Notice.NONE),
    Kind.UPDATE: Rule(note_required=False, second_editor=False, listed=False, notice=Notice.NONE),
    Kind.TYPO: Rule(note_required=False, second_editor=False, listed=False, notice=Notice.NONE),
    Kind.CLARIFICATION: Rule(note_required=True, second_editor=False, listed=True, notice=Notice.FOOT),
    Kind.CORRECTION: Rule(note_required=True, second_editor=True, listed=True, notice=Notice.TOP),
    Kind.RETRACTION: Rule(note_required=True, second_editor=True, listed=True, notice=Notice.TOP),
}
LISTED_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.listed)
NOTICE_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.notice is not Notice.NONE)


def needs_second_editor(kind: Kind, touches: frozenset[Touch]) -> bool:
    """Whether a change of this kind needs two pairs of eyes.

    A change that touches a number, name, link, quotation or negation may alter the meaning, so calling it a typing
    error takes a second editor too.
    """
    return POLICY[kind].second_editor or (kind is Kind.TYPO and bool(touches))
