"""Readers' addresses as the record knows them: by keyed hash, and by the links in mails that only their owners have."""

import hashlib
import hmac

from django.conf import settings
from django.core import signing
from django.db.models import F

from corrections.models import Contact, Mailbox

PURPOSE = b"corrigenda mailbox v1"
# A dot needs no escaping in an address, and stands in no base64url.
CONFIRMATION = signing.Signer(sep=".", salt="corrigenda mail confirmation v1")
REFUSAL = signing.Signer(sep=".", salt="corrigenda mail refusal v1")


def folded(address: str) -> str:
    """The address as the mailbox behind it is known: case and what follows a plus sign make no difference."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def mailbox_hash(address: str) -> str:
    """Names a mailbox for limits and refusals; nobody without the site's key can tell the address from it."""
    return _hash(address, settings.SECRET_KEY)


def mailbox_known(address: str) -> Mailbox:
    """The mailbox of an address, also where an earlier key of the site named it: a refusal outlives a new key."""
    hashes = [_hash(address, key) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]
    known = Mailbox.objects.filter(hash__in=hashes).order_by(F("stopped_at").desc(nulls_last=True)).first()
    return known or Mailbox.objects.get_or_create(hash=hashes[0])[0]


def _hash(address: str, secret: str) -> str:
    key = hmac.new(secret.encode(), PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, folded(address).encode(), hashlib.sha256).hexdigest()


def confirmation_token(contact: Contact) -> str:
    """For the link by which the mailbox's owner confirms one suggestion's address."""
    return CONFIRMATION.sign(contact.pk.hex)


def contact_of(token: str) -> Contact:
    """Raises Contact.DoesNotExist."""
    rows = Contact.objects.select_related("mailbox", "suggestion__article", "suggestion__read_in__content")
    try:
        return rows.get(pk=CONFIRMATION.unsign(token))
    except signing.BadSignature:
        raise Contact.DoesNotExist from None


def refusal_token(mailbox: Mailbox) -> str:
    """For the link by which the mailbox's owner stops all mail to it."""
    return REFUSAL.sign(mailbox.pk)


def mailbox_of(token: str) -> Mailbox:
    """The mailbox of such a link, made anew where nothing is known of it any more. Raises Mailbox.DoesNotExist."""
    try:
        return Mailbox(hash=REFUSAL.unsign(token))
    except signing.BadSignature:
        raise Mailbox.DoesNotExist from None


def language_of(mailbox: Mailbox) -> str:
    """Of the article that its owner wrote about last; the site's where nothing of theirs is kept."""
    latest = Contact.objects.filter(mailbox=mailbox.pk).order_by("-given_at")
    language = latest.values_list("suggestion__article__language", flat=True).first()
    return language or settings.LANGUAGE_CODE
