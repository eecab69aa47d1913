"""The policy: what each kind of revision demands, who may publish it, and who may approve whom.

`publish_revision` enforces it for every caller. Other apps add rules through settings.APPROVAL_RULES, and say through
settings.DESK_REPORTS_HOOK what readers have reported; the correction desk does both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.conf import settings
from django.utils.module_loading import import_string

from newsroom.audit.related_accounts import joining_acts
from newsroom.diffs.note_check import names_change
from newsroom.diffs.significance import SignificantChange, significant_changes
from newsroom.languages import override_language, supported_language
from newsroom.models import Article, Editor, Kind, Proposal, Refused, Revision, SourceArticle
from newsroom.text.canonical import Wording

PERMISSION = "newsroom.publish_revision"
APPROVAL = "newsroom.approve_revision"
RETRACTION = "newsroom.retract_article"


class NotPermitted(Refused):
    """The editor lacks the permission."""


class NoteRequired(Refused):
    """The kind requires a public note."""


class ChangeNeedsNote(NoteRequired):
    """The change may affect meaning, and has no public note."""


class NoteSaysTooLittle(NoteRequired):
    """The note names none of the changed words."""


class SecondEditorRequired(Refused):
    """The change needs the approval of a second editor."""


class SelfApproval(Refused):
    """Proposer and approver are the same editor."""


class RelatedAccounts(Refused):
    """Within 30 days one of the two made or changed the other's account, or somebody else those of both."""


class PublishedElsewhere(Refused):
    """The article's words change on its own site; here they are only looked at."""


class OwnSuggestion(Refused):
    """The editor sent the suggestion as a reader."""


class Notice(StrEnum):
    """Where the article shows a notice of the change."""

    NONE = "none"
    TOP = "top"
    FOOT = "foot"


class MeaningRule(StrEnum):
    """When a change of a number, name, link, quotation or negation needs a note and a second editor."""

    ALWAYS = "always"
    REPORTED = "reported"  # where readers reported a passage that it overlaps, and nobody has decided yet
    NEVER = "never"  # nothing stood before


@dataclass(frozen=True, slots=True)
class KindRule:
    """Requirements of a kind.

    meaning: whether it is bound by what the change touches; no default, so that a new kind has to say.
    note_required: a public note.
    note_names_change: the note must contain deleted or inserted words, to say what was wrong and what is right.
    second_editor: approval by another editor.
    listed: in the site's public record and feeds; the article's changelog has every kind.
    minor: folded in the changelog.
    """

    meaning: MeaningRule
    note_required: bool = False
    note_names_change: bool = False
    second_editor: bool = False
    listed: bool = False
    notice: Notice = Notice.NONE
    minor: bool = False


POLICY: Mapping[Kind, KindRule] = MappingProxyType(
    {
        Kind.PUBLICATION: KindRule(MeaningRule.NEVER),
        Kind.UPDATE: KindRule(MeaningRule.REPORTED),
        Kind.TYPO: KindRule(MeaningRule.ALWAYS, minor=True),
        Kind.CLARIFICATION: KindRule(
            MeaningRule.ALWAYS,
            note_required=True,
            listed=True,
            notice=Notice.FOOT,
        ),
        Kind.CORRECTION: KindRule(
            MeaningRule.ALWAYS,
            note_required=True,
            note_names_change=True,
            second_editor=True,
            listed=True,
            notice=Notice.TOP,
        ),
        Kind.RETRACTION: KindRule(
            MeaningRule.ALWAYS,
            note_required=True,
            second_editor=True,
            listed=True,
            notice=Notice.TOP,
        ),
        # The site changed and nobody said why: a look or a push makes it, no form offers it.
        Kind.OBSERVED: KindRule(MeaningRule.NEVER),
    }
)
LISTED_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.listed)
SEEN_KINDS = (Kind.PUBLICATION, Kind.OBSERVED)  # what a look at another site makes when nobody told why
OFFERED_KINDS = tuple(kind for kind in POLICY if kind not in SEEN_KINDS)  # those that an editor can choose
NOTICE_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.notice is not Notice.NONE)


def binding_changes(
    article: Article, *, base: Revision | None, kind: Kind, wording: Wording
) -> frozenset[SignificantChange]:
    """What the change touches that needs a note and a second editor under the kind's MeaningRule."""
    rule = POLICY[kind].meaning
    if base is None or rule is MeaningRule.NEVER:
        return frozenset()
    changes = significant_changes(base.require_content().wording, wording, language=article.language)
    return changes if rule is MeaningRule.ALWAYS or (changes and _is_reported(base, wording)) else frozenset()


def _is_reported(base: Revision, wording: Wording) -> bool:
    hook = settings.DESK_REPORTS_HOOK
    return bool(hook and import_string(hook)(base, wording))


def article_elsewhere(article: Article) -> SourceArticle | None:
    """Where an article of another site stands; None for our own. It is read once for each instance."""
    return getattr(article, "placed", None) if article.pk else None


def refuse_elsewhere(article: Article, *, by: Editor, kind: Kind, seen: bool) -> None:
    """`seen`: a look at the article's own site found the words. Raises PublishedElsewhere, NotPermitted."""
    placed = article_elsewhere(article)
    if placed and not seen:
        raise PublishedElsewhere
    if (kind is Kind.OBSERVED and not (placed and seen)) or (seen and not placed):
        raise NotPermitted
    if placed and kind in SEEN_KINDS and by.pk != placed.source.account_id:
        raise NotPermitted


def refuse_by_rule(*, by: Editor, kind: Kind, note: str) -> None:
    """The editor's permissions and the kind's note. Raises NotPermitted, NoteRequired."""
    if not by.has_perm(PERMISSION) or (kind is Kind.RETRACTION and not by.has_perm(RETRACTION)):
        raise NotPermitted
    if POLICY[kind].note_required and not note:
        raise NoteRequired


def refuse_missing_note(changes: frozenset[SignificantChange], note: str) -> None:
    """`changes` are the binding ones. Raises ChangeNeedsNote."""
    if changes and not note:
        raise ChangeNeedsNote(sorted(changes))


def refuse_empty_note(*, base: Revision | None, kind: Kind, wording: Wording, note: str) -> None:
    """Raises NoteSaysTooLittle. A note without new words, about an earlier notice, has no change to name."""
    if not POLICY[kind].note_names_change or base is None:
        return
    before = base.require_content().wording
    if wording != before and not names_change(note, before, wording):
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
    seen: bool = False,
) -> None:
    """All rules for a revision that is about to be published. Raises NotPermitted, NoteRequired, ChangeNeedsNote,
    SecondEditorRequired, NoteSaysTooLittle, SelfApproval, RelatedAccounts, PublishedElsewhere.
    """
    refuse_elsewhere(article, by=by, kind=kind, seen=seen)
    if seen and kind in SEEN_KINDS:
        return
    refuse_by_rule(by=by, kind=kind, note=note)
    if approved_by:
        refuse_one_hand(proposed_by=by, approved_by=approved_by)
        if not approved_by.has_perm(APPROVAL):
            raise NotPermitted
    changes = binding_changes(article, base=base, kind=kind, wording=wording)
    refuse_missing_note(changes, note)
    if approved_by is None and (changes or POLICY[kind].second_editor):
        raise SecondEditorRequired(sorted(changes))
    refuse_empty_note(base=base, kind=kind, wording=wording, note=note)


def refuse_one_hand(*, proposed_by: Editor, approved_by: Editor) -> None:
    """For proposals and withholdings. Raises SelfApproval, as a CHECK constraint does, and RelatedAccounts.

    Writers call it again under the head's lock, so that no act about accounts comes between.
    """
    if proposed_by.pk == approved_by.pk:
        raise SelfApproval
    if joining_acts(proposed_by.pk, approved_by.pk):
        raise RelatedAccounts


def apply_approval_rules(proposal: Proposal, *, by: Editor) -> None:
    """Call each of settings.APPROVAL_RULES before `by` approves; a rule refuses by raising a Refused."""
    for rule in settings.APPROVAL_RULES:
        import_string(rule)(proposal, by=by)


def kind_name(kind: Kind, language: str) -> tuple[str, str]:
    """Label of a kind for articles in a language such as "uk" or "de-AT", and the language of the label."""
    with override_language(language):
        return str(kind.label), supported_language(language)
