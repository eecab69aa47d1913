"""Mailboxes pseudonymised by HMAC, and the signed tokens of the links in mails."""

import hashlib
import hmac
import re

from django.conf import settings
from django.core import signing
from django.utils.encoding import punycode

from corrections.models import Contact, Follower, Mailbox

MAX_EMAIL = 254
GMAIL = ("gmail.com", "googlemail.com")
QUOTED_PAIR = re.compile(r"\\(.)")
PURPOSE = b"corrigenda mailbox v1"
# The dot is URL-safe and not part of the base64url alphabet.
CONFIRMATION = signing.Signer(sep=".", salt="corrigenda mail confirmation v1")
UNSUBSCRIBE = signing.Signer(sep=".", salt="corrigenda mail refusal v1")


def normalise_address(address: str) -> str:
    """One form for all spellings that reach one mailbox, so that they share their rate limit and unsubscribe.

    Case, a +tag, a quoted local part, a Unicode domain or its punycode (IDNA), and Gmail's dots.
    """
    local, _at, domain = address.strip().rpartition("@")
    if len(local) > 1 and local[0] == local[-1] == '"':
        local = QUOTED_PAIR.sub(r"\1", local[1:-1])
    local, domain = local.casefold(), _ascii_domain(domain)
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        return f"{local.replace('.', '') or local}@gmail.com"
    return f"{local}@{domain}"


def get_or_create_mailbox(address: str) -> Mailbox:
    """The mailbox of an address; one that was stopped comes first.

    Also one hashed with a fallback key, or in the form of version 0.1: an unsubscribe survives both changes.
    """
    forms = dict.fromkeys((normalise_address(address), _form_before(address)))
    hashes = [_hash(form, key) for form in forms for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    found = Mailbox.objects.filter(hash__in=hashes)
    known = min(found, key=lambda mailbox: (mailbox.stopped_at is None, hashes.index(mailbox.pk)), default=None)
    return known or Mailbox.objects.get_or_create(hash=hashes[0])[0]


def lock_mailbox(key: str) -> Mailbox:
    """Before any row that belongs to it is written, so that no two writers wait for each other; also for its limits."""
    return Mailbox.objects.select_for_update(no_key=True).get(pk=key)


def mailbox_hash(address: str, secret: str) -> str:
    """HMAC-SHA-256 of the normalised address in hex; not reversible without the `secret`, a SECRET_KEY."""
    return _hash(normalise_address(address), secret)


def _hash(normal: str, secret: str) -> str:
    key = hmac.new(secret.encode(), PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, normal.encode(), hashlib.sha256).hexdigest()


def _form_before(address: str) -> str:
    """What version 0.1 made of an address: case-folded, without a +tag."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def _ascii_domain(domain: str) -> str:
    domain = domain.casefold().rstrip(".")
    try:
        return punycode(domain)
    except UnicodeError:
        return domain


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
    """Language of the article in the mailbox's latest suggestion, else of one that it follows, else the site's."""
    latest = Contact.objects.filter(mailbox=mailbox.pk).order_by("-given_at")
    language = latest.values_list("suggestion__article__language", flat=True).first()
    followed = Follower.objects.filter(mailbox=mailbox.pk).order_by("-given_at")
    language = language or followed.values_list("article__language", flat=True).first()
    return language or settings.LANGUAGE_CODE
