"""A reader takes back what they sent, or what it says about them."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.contacts.addresses import AlreadyErased, delete_contact
from corrections.decisions.rules import DECIDABLE
from corrections.models import Case, Reply, Suggestion, Thanks
from corrections.models.change_reasons import ChangeReason
from corrections.privacy.personal_data import held_of
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from corrections.suggestions.validation import MAX_NAME, Invalid, too_long
from newsroom.audit.head import note_public_change
from newsroom.audit.history import save_with_reason
from newsroom.publishing.publish import AlreadyDecided, lock_article
from newsroom.text.forbidden_characters import ControlCharacters
from newsroom.text.sanitizer import plain_line


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader may still do with a suggestion."""

    withdraw: bool
    mail: bool
    credit: bool
    erase: bool


def choices_for(suggestion: Suggestion) -> Choices:
    """What is of use as things stand; `suggestion` with its case at hand."""
    case = suggestion.case
    held = held_of(suggestion)
    stands = suggestion.withdrawn_at is None and suggestion.status != Suggestion.Status.SPAM
    return Choices(
        withdraw=stands and (case is None or case.is_open),
        mail=stands and suggestion.erased_at is None and (case is None or case.is_open or held.address != ""),
        credit=stands
        and suggestion.erased_at is None
        and (case is None or case.is_open or case.state == Case.State.PUBLISHED),
        erase=held.is_erasable,
    )


def withdraw_suggestion(suggestion: Suggestion) -> None:
    """Take a suggestion back; safe to run twice. A case that nobody stands by any more leaves the queue.

    Raises AlreadyDecided when an editor was there first.
    """
    with transaction.atomic():
        # The lock of triage and of every decision: one of them sees what the other did.
        lock_article(suggestion.article)
        locked = Suggestion.objects.select_for_update(of=("self",), no_key=True).get(pk=suggestion.pk)
        if locked.withdrawn_at:
            return
        if locked.status == Suggestion.Status.SPAM:
            raise AlreadyDecided
        locked.withdrawn_at, locked.leased_until = timezone.now(), None
        if locked.case_id is None:
            locked.status = Suggestion.Status.WITHDRAWN
        else:
            _leave(locked.case_id, locked)
        locked.save(update_fields=["withdrawn_at", "leased_until", "status"])


def credit_reader(suggestion: Suggestion, *, name: str, credit: bool) -> None:
    """Say whether, and under which name, the reader wants to be thanked. Raises Invalid, AlreadyErased."""
    name = _as_name(name)
    if credit and not name:
        raise Invalid({"name": [_("Write the name under which you want to be thanked.")]})
    if not Suggestion.objects.filter(pk=suggestion.pk, erased_at=None).update(name=name, credit=credit):
        raise AlreadyErased
    note_public_change()


def erase_reader(suggestion: Suggestion) -> None:
    """Delete what the reader said about themselves and beside the passage; safe to run twice.

    The words that they found wrong and those that they proposed stay. So does the key of the request, in order that a
    retry that comes late stores nothing anew; the digest of its body goes, since a short note or an address could be
    guessed from it.
    """
    with transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk, erased_at=None).update(**nobody())
        Thanks.objects.filter(suggestion=suggestion).delete()
        Reply.objects.filter(suggestion=suggestion).delete()
        delete_contact(suggestion)
    note_public_change()  # the name may stand beside a correction


def nobody() -> dict[str, Any]:
    """The columns of a suggestion from now on, when nothing in it is to tell who its reader is."""
    return {
        "name": "",
        "note": "",
        "evidence_url": "",
        "credit": False,
        "request_digest": secrets.token_hex(32),
        "erased_at": timezone.now(),
    }


def _leave(case_pk: int, suggestion: Suggestion) -> None:
    """Runs under the article's lock."""
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_pk)
    if not case.is_open:
        raise AlreadyDecided
    others = case.suggestions.live().exclude(pk=suggestion.pk)
    once_more = suggestion.address_hash and others.filter(address_hash=suggestion.address_hash).exists()
    if not once_more:
        case.readers = max(case.readers - 1, 0)
        Case.objects.filter(pk=case.pk).update(readers=case.readers)
    # A case that waits for a second editor is the desk's own by now: an editor stands by it.
    if case.state in DECIDABLE and not others.exists():
        case.readers, case.state, case.decided_at = 0, Case.State.WITHDRAWN, timezone.now()
        save_with_reason(case, by=None, reason=ChangeReason.TAKEN_BACK)


def _as_name(typed: str) -> str:
    try:
        refuse_hidden_characters(typed)
        name = plain_line(typed)
    except (HiddenCharacters, ControlCharacters) as hidden:
        sentence = _("Remove the hidden characters %(code_points)s.") % {"code_points": ", ".join(hidden.code_points)}
        raise Invalid({"name": [sentence]}) from None
    if len(name) > MAX_NAME:
        raise Invalid({"name": [too_long(MAX_NAME)]})
    return name
