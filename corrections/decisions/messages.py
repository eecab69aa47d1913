"""Refusals of a decision about a case, each with its message for the editor."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.decisions.compose import PassageLost, PassagesOverlap
from corrections.decisions.merge_split import NothingToMerge, NothingToSplit
from corrections.decisions.outcomes import ClaimedByAnother, HoldInPast
from corrections.screening.hidden_characters import HiddenCharacters
from newsroom.models import Refused
from newsroom.publishing.messages import explain
from newsroom.publishing.policy import NoteRequired, SecondEditorRequired
from newsroom.text.canonical import ControlCharacters, NotCanonical
from newsroom.text.sanitizer import TooLong

MESSAGES: dict[type[Exception], Promise] = {
    PassageLost: _("The passage is not in the current version; edit the whole article instead."),
    PassagesOverlap: _("Two of the cases would change the same words; decide them one after the other, or merge them."),
    NothingToMerge: _("Tick at least one other case of this article."),
    NothingToSplit: _("Tick some of the suggestions, not all of them: at least one has to stay."),
    ClaimedByAnother: _("Another editor is working on this case."),
    HoldInPast: _("Choose a day after today."),
    HiddenCharacters: _("Remove the hidden characters %(code_points)s."),
    SecondEditorRequired: _("This change needs a second editor: press “Ask a second editor”."),
}
# Everything that checking or executing a verb raises on purpose. newsroom has the messages of its own.
REFUSALS: tuple[type[Exception], ...] = (*MESSAGES, Refused, NotCanonical, ControlCharacters, TooLong)


def explain_decision(refusal: Exception) -> str:
    """One sentence that says what is wrong and what would be right."""
    message = MESSAGES.get(type(refusal))
    return str(message) % {"code_points": refusal} if message else explain(refusal)


def blamed_field(refusal: Exception, blamed: tuple[str, ...]) -> str | None:
    """The form field beside which the message is shown; None where it is about the decision as a whole."""
    if isinstance(refusal, NoteRequired):
        return "reason" if "reason" in blamed else "note"
    if isinstance(refusal, HiddenCharacters | NotCanonical | ControlCharacters | TooLong):
        return blamed[0] if blamed else None
    return None
