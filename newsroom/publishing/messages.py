"""Messages for refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.models import Editor, Proposal, Refused, WordsWithheld
from newsroom.publishing.drafts import DeadLinks
from newsroom.publishing.moves import ProposalMoved
from newsroom.publishing.policy import (
    ChangeNeedsNote,
    NoteRequired,
    NoteSaysTooLittle,
    NotPermitted,
    OwnSuggestion,
    PublishedElsewhere,
    RelatedAccounts,
    SecondEditorRequired,
    SelfApproval,
    refuse_one_hand,
)
from newsroom.publishing.proposals import ConsentRequired
from newsroom.publishing.publish import (
    AlreadyDecided,
    EmptyText,
    NothingChanged,
    StaleRevision,
    WordsChanged,
    WrongKind,
)
from newsroom.publishing.withholding import StillCurrent
from newsroom.text.canonical import NotCanonical
from newsroom.text.forbidden_characters import ControlCharacters
from newsroom.text.sanitizer import Limit, TooLong

SENTENCES: dict[type[Exception], Promise | str] = {
    StaleRevision: gettext_lazy("The article has changed in the meantime; look at how it reads now and try again."),
    PublishedElsewhere: gettext_lazy(
        "This article is published by another system: change it there, and we will see it here."
    ),
    NotPermitted: gettext_lazy("Your account may not do this."),
    NoteRequired: gettext_lazy("This kind of change needs a public note that says what was wrong and what is right."),
    ChangeNeedsNote: gettext_lazy(
        "The change touches a number, a name, a link, a quotation or a “not”: it needs a public note that says "
        "what was wrong and what is right, and a second editor."
    ),
    NoteSaysTooLittle: gettext_lazy(
        "The note does not say what changed: name the words that were wrong and those that are right, as in "
        "“An earlier version said that 14 bridges are closed; it is 15.”"
    ),
    SecondEditorRequired: gettext_lazy("This change needs a second editor: someone else has to approve it."),
    SelfApproval: gettext_lazy("Nobody can approve their own proposal; ask another editor."),
    RelatedAccounts: gettext_lazy(
        "Within the last 30 days one of your two accounts was added or changed by the other, or both by the same "
        "person; another editor has to approve this."
    ),
    OwnSuggestion: gettext_lazy("You sent this yourself as a reader; another editor has to decide it."),
    NothingChanged: gettext_lazy("The text is the same as the current version's."),
    WrongKind: gettext_lazy(
        "This kind does not fit: a first version is a publication, and a retracted article stays as it is."
    ),
    WordsChanged: gettext_lazy(
        "A retraction leaves the text as it stands and says why in its note; it brings no new words."
    ),
    EmptyText: gettext_lazy("A headline and a text are needed."),
    StillCurrent: gettext_lazy("The article still shows these words: first publish what should replace them."),
    WordsWithheld: gettext_lazy("The words of that version were withheld; they cannot come back."),
    AlreadyDecided: gettext_lazy("Another editor has decided this in the meantime."),
    ProposalMoved: gettext_lazy(
        "The article has moved on, and the proposal with it: its change is the same. Look once more, and decide."
    ),
    ConsentRequired: gettext_lazy(
        "Another editor amended this; it is published once the editor who proposed it consents, or a third editor "
        "takes it over."
    ),
    NotCanonical: gettext_lazy("The new wording does not fit here; check its spaces and line breaks."),
}


def explain(refusal: Exception) -> str:
    """One sentence: what is wrong and what would be right. Raises KeyError for an unknown exception."""
    if isinstance(refusal, ControlCharacters):
        return _("Remove the control characters %(code_points)s.") % {"code_points": ", ".join(refusal.code_points)}
    if isinstance(refusal, TooLong):
        return _too_long(refusal.limit)
    if isinstance(refusal, DeadLinks):
        return _(
            "The link to “%(address)s” leads nowhere. A link leads to a page of this site (/articles/…), or begins "
            "with https://, http:// or mailto:."
        ) % {"address": refusal.addresses[0]}
    return str(SENTENCES[type(refusal)])


def _too_long(limit: Limit) -> str:
    return {
        Limit.BYTES: _("An article has at most 2 MB of HTML, and this has more."),
        Limit.ELEMENTS: _("An article has at most 20,000 elements, and this has more."),
        Limit.REFERENCES: _(
            "An article has at most 60,000 “&”, no-break spaces and marks like « and ¿, and this has more."
        ),
        Limit.BRACKETS: _("An article has at most 100,000 “<” and “>”, and this has more."),
        Limit.BREAKS: _("An article has at most 100,000 line ends and runs of blanks, and this has more."),
        Limit.ATTRIBUTES: _("A tag has at most 300 attributes, and one of these has more."),
        Limit.OVERLAPS: _("Tags that begin within other tags have at most 20 MB together, and these have more."),
        Limit.DEPTH: _("Elements are nested at most 100 deep, and these are deeper."),
    }[limit]


def why_barred(proposal: Proposal, *, by: Editor) -> str:
    """Why this editor may not approve this proposal, whatever their group; empty if they may."""
    try:
        refuse_one_hand(proposed_by=proposal.proposed_by, approved_by=by)
    except Refused as refusal:
        return explain(refusal)
    return ""
