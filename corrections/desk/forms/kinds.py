"""Kind and note of a new revision, as forms ask for them."""

from django import forms
from django.utils.translation import gettext as _

from corrections.decisions.variants import normalize_newlines
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from newsroom.models import Editor, Kind
from newsroom.publishing.policy import OFFERED_KINDS, POLICY, RETRACTION


def clean_public_note(typed: str) -> str:
    """A note for readers, with normalised line ends. Raises ValidationError for hidden characters."""
    note = normalize_newlines(typed)
    try:
        refuse_hidden_characters(note)
    except HiddenCharacters as hidden:
        raise forms.ValidationError(
            _("Remove the hidden characters %(code_points)s.") % {"code_points": hidden}
        ) from hidden
    return note


def kinds_for(by: Editor) -> list[tuple[str, str]]:
    """Choices of the kind of revision, labelled with its requirements; what a reader reported is no news."""
    kinds = [kind for kind in OFFERED_KINDS if kind is not Kind.UPDATE]
    if not by.has_perm(RETRACTION):
        kinds.remove(Kind.RETRACTION)
    return [("", _("Choose a kind")), *((kind.value, _kind_label(kind)) for kind in kinds)]


def _kind_label(kind: Kind) -> str:
    rule = POLICY[kind]
    if rule.second_editor:
        return _("%(kind)s: public note, second editor") % {"kind": kind.label}
    if rule.note_required:
        return _("%(kind)s: public note") % {"kind": kind.label}
    return str(kind.label)
