"""A reader's own actions on a suggestion: withdraw it, change the credit, erase personal data."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.contacts.addresses import AlreadyErased, delete_contact
from corrections.models import Case, Reply, Suggestion, Thanks
from corrections.notes.erasure import ask_to_check
from corrections.privacy.personal_data import personal_data_of
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from corrections.suggestions.validation import MAX_NAME, InvalidInput, too_long_message
from corrections.triage.abandoned import close_abandoned
from newsroom.audit.head import note_public_change
from newsroom.publishing.publish import AlreadyDecided, lock_article
from newsroom.text.forbidden_characters import ControlCharacters
from newsroom.text.sanitizer import plain_line


@dataclass(frozen=True, slots=True)
class ReaderActions:
    """The actions still open to the reader."""

    withdraw: bool
    mail: bool
    credit: bool
    erase: bool


def available_actions(suggestion: Suggestion) -> ReaderActions:
    """The actions that make sense in the suggestion's and its case's current state."""
    case = suggestion.case
    data = personal_data_of(suggestion)
    is_active = suggestion.withdrawn_at is None and suggestion.status != Suggestion.Status.SPAM
    return ReaderActions(
        withdraw=is_active and (case is None or case.is_open),
        mail=is_active and suggestion.erased_at is None and (case is None or case.is_open or data.address != ""),
        credit=is_active
        and suggestion.erased_at is None
        and (case is None or case.is_open or case.state == Case.State.PUBLISHED),
        erase=data.is_erasable,
    )


def withdraw_suggestion(suggestion: Suggestion) -> None:
    """Withdraw a suggestion and a case without other live suggestions; idempotent.

    Raises AlreadyDecided when an editor decided first.
    """
    with transaction.atomic():
        # The same lock as triage and decisions take, so that they run one after the other.
        lock_article(suggestion.article)
        locked = Suggestion.objects.select_for_update(of=("self",), no_key=True).get(pk=suggestion.pk)
        if locked.withdrawn_at:
            return
        if locked.status == Suggestion.Status.SPAM:
            raise AlreadyDecided
        locked.withdrawn_at, locked.leased_until = timezone.now(), None
        if locked.case_id is None:
            locked.status = Suggestion.Status.WITHDRAWN
        locked.save(update_fields=["withdrawn_at", "leased_until", "status"])
        if locked.case_id is not None:
            _leave_case(locked.case_id, locked)


def credit_reader(suggestion: Suggestion, *, name: str, credit: bool) -> None:
    """Set the name for the public credit and whether it is wanted. Raises Invalid, AlreadyErased."""
    name = _clean_name(name)
    if credit and not name:
        raise InvalidInput({"name": [_("Write the name under which you want to be thanked.")]})
    if not Suggestion.objects.filter(pk=suggestion.pk, erased_at=None).update(name=name, credit=credit):
        raise AlreadyErased
    note_public_change()


def erase_reader(suggestion: Suggestion) -> None:
    """Erase the reader's personal data, including the note; idempotent.

    The passage and the proposed wording stay. So does the idempotency key, so that a late retry stores nothing again;
    the digest of the request is replaced, since a short note or an address could be guessed from it.
    """
    with transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk, erased_at=None).update(**erased_columns())
        Thanks.objects.filter(suggestion=suggestion).delete()
        Reply.objects.filter(suggestion=suggestion).delete()
        delete_contact(suggestion)
        ask_to_check([suggestion.pk])
    note_public_change()  # the name may stand beside a correction


def erased_columns() -> dict[str, Any]:
    """Column values of an erased suggestion."""
    return {
        "name": "",
        "note": "",
        "evidence_url": "",
        "credit": False,
        "request_digest": secrets.token_hex(32),
        "erased_at": timezone.now(),
    }


def _leave_case(case_pk: int, suggestion: Suggestion) -> None:
    """Call under the article's lock."""
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_pk)
    if not case.is_open:
        raise AlreadyDecided
    others = case.suggestions.live()
    is_duplicate = suggestion.address_hash and others.filter(address_hash=suggestion.address_hash).exists()
    if not is_duplicate:
        case.readers = max(case.readers - 1, 0)
        Case.objects.filter(pk=case.pk).update(readers=case.readers)
    close_abandoned([case.pk])


def _clean_name(typed: str) -> str:
    try:
        refuse_hidden_characters(typed)
        name = plain_line(typed)
    except (HiddenCharacters, ControlCharacters) as hidden:
        sentence = _("Remove the hidden characters %(code_points)s.") % {"code_points": ", ".join(hidden.code_points)}
        raise InvalidInput({"name": [sentence]}) from None
    if len(name) > MAX_NAME:
        raise InvalidInput({"name": [too_long_message(MAX_NAME)]})
    return name
