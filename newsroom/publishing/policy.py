"""The policy: what each kind of revision demands, who may publish it, and who may approve whom.

`publish_revision` enforces it for every caller. Other apps add rules through settings.APPROVAL_RULES; the correction
desk's is `corrections.decisions.rules.refuse_own_proposal`, which bars editors from what they sent as readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.conf import settings
from django.utils.module_loading import import_string

from newsroom.diffs.note_check import names_change
from newsroom.diffs.significance import Touch, touched
from newsroom.languages import speaking, spoken_for
from newsroom.models import Article, Editor, Kind, Proposal, Revision
from newsroom.text.canonical import Wording

PERMISSION = "newsroom.publish_revision"
APPROVAL = "newsroom.approve_revision"
RETRACTION = "newsroom.retract_article"


class Refused(Exception):
    """A revision may not be published; each refusal below says which rule it would break."""


class NotPermitted(Refused):
    """The editor's group does not allow this."""


class NoteRequired(Refused):
    """The kind demands a public note, and there is none."""


class NoteSaysTooLittle(NoteRequired):
    """The note of a correction names none of the words that went or came."""


class SecondEditorRequired(Refused):
    """The change needs a second editor, and nobody has approved it."""


class SelfApproval(Refused):
    """Somebody was to approve what they themselves propose."""


class OwnSuggestion(Refused):
    """An editor was to publish or approve what they themselves sent as a reader."""


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


def refuse_by_rule(*, by: Editor, kind: Kind, note: str) -> None:
    """What the kind demands of its editor and its note. Raises NotPermitted, NoteRequired."""
    if not by.has_perm(PERMISSION) or (kind is Kind.RETRACTION and not by.has_perm(RETRACTION)):
        raise NotPermitted
    if POLICY[kind].note_required and not note:
        raise NoteRequired


def refuse_empty_note(*, base: Revision | None, kind: Kind, wording: Wording, note: str) -> None:
    """Raises NoteSaysTooLittle."""
    if POLICY[kind].note_names_change and base and not names_change(note, base.content.wording, wording):
        raise NoteSaysTooLittle


def refuse_by_policy(
    article: Article,
    *,
    base: Revision | None,
    by: Editor,
    kind: Kind,
    wording: Wording,
    note: str,
    approved_by: Editor | None,
) -> None:
    """All rules for a revision that is about to be published. Raises NotPermitted, NoteRequired, NoteSaysTooLittle,
    SecondEditorRequired, SelfApproval.
    """
    refuse_by_rule(by=by, kind=kind, note=note)
    if approved_by is None:
        touches = touched(base.content.wording, wording, language=article.language) if base else frozenset()
        if needs_second_editor(kind, touches):
            raise SecondEditorRequired(sorted(touches))
    else:
        refuse_self_approval(proposed_by=by, approved_by=approved_by)
        if not approved_by.has_perm(APPROVAL):
            raise NotPermitted
    refuse_empty_note(base=base, kind=kind, wording=wording, note=note)


def refuse_self_approval(*, proposed_by: Editor, approved_by: Editor) -> None:
    """For proposals and for withholdings. Raises SelfApproval. The database holds the same as a CHECK."""
    if proposed_by.pk == approved_by.pk:
        raise SelfApproval


def refuse_by_other_apps(proposal: Proposal, *, by: Editor) -> None:
    """Call settings.APPROVAL_RULES before `by` approves a proposal; a rule refuses by raising a Refused."""
    for rule in settings.APPROVAL_RULES:
        import_string(rule)(proposal, by=by)


def kind_name(kind: Kind, language: str) -> tuple[str, str]:
    """What a kind is called on pages of an article in a language such as "uk" or "de-AT", and the language of that
    name.
    """
    with speaking(language):
        return str(kind.label), spoken_for(language)
