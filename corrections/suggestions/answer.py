"""Store a reader's answer to an editor's question."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.models import Case, Notification, Reply, Suggestion
from corrections.models.change_reasons import ChangeReason
from corrections.notifications.writing import notify
from corrections.screening.hidden_characters import without_hidden_characters
from corrections.suggestions.validation import MAX_TEXT, InvalidInput, too_long_message
from newsroom.audit.history import save_with_reason
from newsroom.models import Editor
from newsroom.publishing.publish import AlreadyDecided, lock_article


def answer_question(suggestion: Suggestion, *, text: str) -> None:
    """Store an answer; the first answer to a question reopens its case.

    Raises Invalid, and AlreadyDecided where no question is open.
    """
    text = _clean_answer(text)
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
        notify(Notification.Kind.ANSWERED, _waiting_for_it(case), by=None, article=suggestion.article, case=case)


def _waiting_for_it(case: Case) -> list[Editor | None]:
    """Who asked last, and who has the case in hand."""
    asked = case.history.filter(state=Case.State.ASKED).select_related("history_user").order_by("-history_id").first()
    return [asked.history_user if asked else None, case.assignee if case.is_in_hand else None]


def _clean_answer(text: str) -> str:
    text = without_hidden_characters(text).strip()
    if not text:
        raise InvalidInput({"text": [_("Write your answer in a few words.")]})
    if len(text) > MAX_TEXT:
        raise InvalidInput({"text": [too_long_message(MAX_TEXT)]})
    return text
