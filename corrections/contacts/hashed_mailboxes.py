"""Mailboxes pseudonymised by HMAC, and the signed tokens of the links in mails."""

import hashlib
import hmac

from django.conf import settings
from django.core import signing
from django.db.models import F

from corrections.models import Contact, Mailbox

PURPOSE = b"corrigenda mailbox v1"
# The dot is URL-safe and not part of the base64url alphabet.
CONFIRMATION = signing.Signer(sep=".", salt="corrigenda mail confirmation v1")
UNSUBSCRIBE = signing.Signer(sep=".", salt="corrigenda mail refusal v1")


def normalise_address(address: str) -> str:
    """Case-folded and without a +tag, so that variants of one address share their rate limit and unsubscribe."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def get_or_create_mailbox(address: str) -> Mailbox:
    """The mailbox of an address, also one hashed with a fallback key: an unsubscribe survives key rotation."""
    hashes = [mailbox_hash(address, key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]
    known = Mailbox.objects.filter(hash__in=hashes).order_by(F("stopped_at").desc(nulls_last=True)).first()
    return known or Mailbox.objects.get_or_create(hash=hashes[0])[0]


def mailbox_hash(address: str, secret: str) -> str:
    """HMAC-SHA-256 of the normalised address in hex; not reversible without the `secret`, a SECRET_KEY."""
    key = hmac.new(secret.encode(), PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, normalise_address(address).encode(), hashlib.sha256).hexdigest()


def confirmation_token(contact: Contact) -> str:
    """Token of the link that confirms the address of one suggestion."""
    return CONFIRMATION.sign(contact.pk.hex)


def contact_by_token(token: str) -> Contact:
    """Raises Contact.DoesNotExist."""
    rows = Contact.objects.select_related("mailbox", "suggestion__article", "suggestion__read_in__stored_text")
    try:
        return rows.get(pk=CONFIRMATION.unsign(token))
    except signing.BadSignature:
        raise Contact.DoesNotExist from None


def unsubscribe_token(mailbox: Mailbox) -> str:
    """Token of the link that unsubscribes a mailbox."""
    return UNSUBSCRIBE.sign(mailbox.pk)


def mailbox_by_token(token: str) -> Mailbox:
    """An unsaved Mailbox: its row may have been deleted since. Raises Mailbox.DoesNotExist."""
    try:
        return Mailbox(hash=UNSUBSCRIBE.unsign(token))
    except signing.BadSignature:
        raise Mailbox.DoesNotExist from None


def language_of(mailbox: Mailbox) -> str:
    """Language of the article in the mailbox's latest suggestion, else the site's."""
    latest = Contact.objects.filter(mailbox=mailbox.pk).order_by("-given_at")
    language = latest.values_list("suggestion__article__language", flat=True).first()
    return language or settings.LANGUAGE_CODE
