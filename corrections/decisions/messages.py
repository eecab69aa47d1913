"""Why a decision about a case was refused, in plain words for the editor."""

from django.utils.translation import gettext as _

from corrections.decisions.compose import PassageLost, PassagesOverlap
from corrections.decisions.merge_split import NothingToMerge, NothingToSplit
from corrections.decisions.outcomes import InOthersHands, TooSoon
from corrections.screening.hidden_characters import HiddenCharacters
from newsroom.publishing.messages import explain
from newsroom.publishing.publish import NoteRequired, Refused, SecondEditorRequired
from newsroom.text.canonical import ControlCharacters, NotCanonical
from newsroom.text.sanitizer import TooLong

REFUSALS = (
    *(Refused, PassageLost, PassagesOverlap, InOthersHands, TooSoon, NothingToMerge, NothingToSplit),
    *(HiddenCharacters, NotCanonical, ControlCharacters, TooLong),
)


def explain_decision(refusal: Exception) -> str:
    """One sentence that says what is wrong and what would be right."""
    if isinstance(refusal, PassageLost):
        return _("The passage does not stand in the current revision; edit the whole article instead.")
    if isinstance(refusal, PassagesOverlap):
        return _("Two of the cases would change the same words; decide them one after the other, or merge them.")
    if isinstance(refusal, NothingToMerge):
        return _("Tick at least one other case of this article.")
    if isinstance(refusal, NothingToSplit):
        return _("Tick some of the suggestions, not all of them: at least one has to stay.")
    if isinstance(refusal, InOthersHands):
        return _("Another editor has this case in hand.")
    if isinstance(refusal, TooSoon):
        return _("Choose a day after today.")
    if isinstance(refusal, HiddenCharacters):
        return _("Remove the hidden characters %(code_points)s.") % {"code_points": refusal}
    if isinstance(refusal, SecondEditorRequired):
        return _("This change needs a second editor: press “Ask a second editor” to lay it before one.")
    return explain(refusal)


def blamed_field(refusal: Exception, blamed: tuple[str, ...]) -> str | None:
    """The field that the sentence belongs beside; None where it is about the decision as a whole."""
    if isinstance(refusal, NoteRequired):
        return "reason" if "reason" in blamed else "note"
    if isinstance(refusal, HiddenCharacters | NotCanonical | ControlCharacters | TooLong):
        return blamed[0] if blamed else None
    return None
