"""Senders: identified by confirmed e-mail address, else for a day by a keyed hash (HMAC) of the network address."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Value
from django.utils import timezone

from corrections.decisions.rules import DECIDABLE
from corrections.models import Case, Contact, Suggestion
from newsroom.http.client_address import network_of

HASH_LIFETIME = timedelta(hours=24)
PURPOSE = b"corrigenda sender v1"
MOST_CASES = 200
UNCONFIRMED = [state for state in Contact.State if state is not Contact.State.CONFIRMED]


@dataclass(frozen=True, slots=True)
class Sender:
    """Exactly one is set; a confirmed e-mail address takes precedence over a network address."""

    mailbox: str = ""
    address_hash: str = ""

    def suggestions_q(self, prefix: str = "") -> Q:
        """Condition for the sender's suggestions; `prefix` is the lookup from the queried model to them."""
        if self.mailbox:
            return Q(**{f"{prefix}contact__mailbox": self.mailbox, f"{prefix}contact__state": Contact.State.CONFIRMED})
        unnamed = Q(**{f"{prefix}contact": None}) | Q(**{f"{prefix}contact__state__in": UNCONFIRMED})
        return Q(**{f"{prefix}address_hash": self.address_hash}) & unnamed


@dataclass(frozen=True, slots=True)
class SenderCases:
    """Undecided cases with a sender's suggestions: with theirs alone, and with those of others too."""

    alone: list[Case]
    shared: list[Case]


@dataclass(frozen=True, slots=True)
class SenderRecord:
    """Outcomes of the sender's other suggestions: all of them for a confirmed e-mail address, else those of the day."""

    is_confirmed: bool
    accepted: int
    declined: int
    waiting: int


def sender_hash(address: str) -> str:
    """HMAC of a network address under the site's key, so that the address cannot be guessed from it."""
    if not address:
        return ""
    return hmac.digest(_key(settings.SECRET_KEY), network_of(address).encode(), "sha256").hex()


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), PURPOSE, "sha256")


def blank_old_sender_hashes() -> int:
    """Blank the hashes that are older than HASH_LIFETIME; returns how many."""
    old = Suggestion.objects.filter(received_at__lt=timezone.now() - HASH_LIFETIME).exclude(address_hash="")
    return old.update(address_hash="")


def senders_of(case: Case) -> list[Sender]:
    """The case's known senders, at most two: callers only ask whether there is exactly one."""
    live = case.suggestions.live().order_by()
    confirmed = live.filter(contact__state=Contact.State.CONFIRMED)
    unnamed = live.filter(Q(contact=None) | Q(contact__state__in=UNCONFIRMED)).exclude(address_hash="")
    known = confirmed.values_list("contact__mailbox", Value("")).union(unnamed.values_list(Value(""), "address_hash"))
    return [Sender(mailbox=mailbox, address_hash=address) for mailbox, address in known[:2]]


def cases_of_sender(sender: Sender) -> SenderCases:
    theirs = Count("suggestions", filter=sender.suggestions_q("suggestions__"))
    cases: Iterable[Any] = (
        Case.objects.filter(
            state__in=DECIDABLE, pk__in=Suggestion.objects.filter(sender.suggestions_q()).values("case_id")
        )
        .select_related("article")
        .annotate(theirs=theirs, all_sent=Count("suggestions"))
        .order_by("pk")[:MOST_CASES]
    )
    alone, shared = list[Case](), list[Case]()
    for case in cases:
        (alone if case.theirs == case.all_sent else shared).append(case)
    return SenderCases(alone, shared)


def sender_record(sender: Sender, *, but: Case) -> SenderRecord:
    states = list(
        Suggestion.objects.filter(sender.suggestions_q(), case__isnull=False)
        .exclude(case=but)
        .values_list("case__state", flat=True)
    )
    return SenderRecord(
        is_confirmed=bool(sender.mailbox),
        accepted=sum(state in (Case.State.PUBLISHED, Case.State.ALREADY_FIXED) for state in states),
        declined=sum(state in (Case.State.DECLINED, Case.State.SPAM) for state in states),
        waiting=sum(state in DECIDABLE for state in states),
    )
