"""Validate and store a reader's suggestion, once per idempotency key."""

import hashlib
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from corrections.abuse.form_timestamps import is_plausible
from corrections.abuse.proof_of_work import is_required, is_solved
from corrections.abuse.rate_limits import RateLimited, rate_limited
from corrections.anchoring.relocation import Quote
from corrections.contacts.addresses import create_contact
from corrections.models import Suggestion
from corrections.suggestions.status_tokens import status_token, token_hash
from corrections.suggestions.validation import (
    MAX_KEY,
    MIN_KEY,
    InvalidInput,
    SuggestionInput,
    clean_input,
    validation_errors,
)
from newsroom.audit.log import canonical_json
from newsroom.models import Revision


class KeyReused(Exception):
    """The idempotency key was used before with another body."""


class KeyInProgress(Exception):
    """A request with the same idempotency key is in progress."""


def submit_suggestion(revision: Revision, *, sent: SuggestionInput, key: str = "", sender: str = "") -> Suggestion:
    """Store a suggestion, its words verbatim; a repeat of the idempotency key `key` returns the stored one.

    `revision` is the one that the reader saw, with its article; `sender` is the hash of corrections.abuse.senders.
    Repeats do not count against the sender's rate limit.
    Raises Invalid, KeyReused, KeyInProgress, RateLimited.
    """
    sent = clean_input(sent)
    if errors := validation_errors(sent, revision):
        raise InvalidInput(errors)
    if key and not MIN_KEY <= len(key) <= MAX_KEY:
        sentence = _("Send 16 to 200 random characters, such as a UUID: the key is the proof that a repeat is yours.")
        raise InvalidInput({"Idempotency-Key": [sentence]})
    suggestion = unsaved_suggestion(revision, sent, key=key)
    suggestion.address_hash = sender
    try:
        with rate_limited(sender) as load:
            if load.is_flood or (is_required(busy=load.is_busy) and not is_solved(sent.work)):
                suggestion.status = Suggestion.Status.HELD
            _store(suggestion, address=sent.email)
    except IntegrityError:
        return _replayed(suggestion)
    except RateLimited:
        # A replay of a stored request is not refused.
        if key and Suggestion.objects.filter(key_hash=suggestion.key_hash).exists():
            return _replayed(suggestion)
        raise
    return suggestion


def _store(suggestion: Suggestion, *, address: str) -> None:
    """Transactional outbox: the dispatcher polls this table, so a broker outage delays triage but loses nothing."""
    if not address:
        suggestion.save(force_insert=True)
        return
    with transaction.atomic():
        suggestion.save(force_insert=True)
        create_contact(suggestion, address)


def unsaved_suggestion(revision: Revision, sent: SuggestionInput, *, key: str = "") -> Suggestion:
    identity = uuid.uuid4()
    quote = sent.quote or Quote(field="", exact="", prefix="", suffix="", start=None, end=None, revision=None)
    return Suggestion(
        id=identity,
        article_id=revision.article_id,
        read_in_id=revision.pk,
        field=quote.field,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=quote.start,
        end=quote.end,
        about_element=sent.about.element if sent.about else "",
        about_index=sent.about.index if sent.about else None,
        replacement=sent.replacement,
        note=sent.note,
        category=sent.category,
        evidence_url=sent.evidence_url,
        name=sent.name,
        credit=sent.credit,
        looks_automatic=sent.looks_automatic,
        is_stamped=is_plausible(sent.stamp),
        token_hash=token_hash(status_token(identity)),
        key_hash=hashlib.sha256(key.encode()).hexdigest() if key else None,
        request_digest=_request_digest(revision, sent),
    )


def _request_digest(revision: Revision, sent: SuggestionInput) -> str:
    """SHA-256 of the request, to distinguish a replay of an idempotency key from its reuse."""
    quote = sent.quote
    content: dict[str, object] = {
        "revision": revision.pk,
        "quote": [quote.field, quote.exact, quote.prefix, quote.suffix, quote.start, quote.end] if quote else None,
        "rest": [sent.replacement, sent.note, sent.category, sent.evidence_url, sent.email, sent.name, sent.credit],
    }
    if sent.about:  # added only then: requests of earlier versions keep their digests
        content["about"] = [sent.about.element, sent.about.index]
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _replayed(suggestion: Suggestion) -> Suggestion:
    stored = Suggestion.objects.filter(key_hash=suggestion.key_hash).first() if suggestion.key_hash else None
    if stored is None:
        raise KeyInProgress
    if stored.request_digest != suggestion.request_digest:
        raise KeyReused
    return stored
