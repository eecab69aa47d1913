"""A reader answers the question that an editor put to them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.models import Case, Reply, Suggestion
from corrections.models.change_reasons import ChangeReason
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from corrections.suggestions.validation import MAX_TEXT, Invalid, too_long
from newsroom.audit.history import save_with_reason
from newsroom.publishing.publish import AlreadyDecided, lock_article


def answer_question(suggestion: Suggestion, *, text: str) -> None:
    """Keep the answer; the first to a question brings its case back to the desk.

    Raises Invalid, and AlreadyDecided where nothing is asked any more.
    """
    text = _as_answer(text)
    with transaction.atomic():
        lock_article(suggestion.article)
        locked = Suggestion.objects.select_for_update(of=("self",), no_key=True).get(pk=suggestion.pk)
        case = locked.case
        if case is None or not case.question or not case.is_open or locked.withdrawn_at or locked.answered_at:
            raise AlreadyDecided
        locked.answered_at = timezone.now()
        locked.save(update_fields=["answered_at"])
        Reply.objects.create(suggestion=locked, question=case.question, text=text, sent_at=locked.answered_at)
        if case.state == Case.State.ASKED:
            case.state = Case.State.OPEN
            save_with_reason(case, by=None, reason=ChangeReason.ANSWERED)


def _as_answer(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid({"text": [_("Write your answer in a few words.")]})
    if len(text) > MAX_TEXT:
        raise Invalid({"text": [too_long(MAX_TEXT)]})
    try:
        refuse_hidden_characters(text)
    except HiddenCharacters as hidden:
        sentence = _("Remove the hidden characters %(code_points)s.") % {"code_points": ", ".join(hidden.code_points)}
        raise Invalid({"text": [sentence]}) from None
    return text
