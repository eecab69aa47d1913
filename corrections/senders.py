"""What one sender sent within a day: known by a keyed hash of the network address, which is then forgotten."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from corrections.casework import DECIDABLE
from corrections.models import Case, Suggestion
from newsroom.addresses import network_of

KEPT = timedelta(hours=24)
PURPOSE = b"corrigenda sender v1"
MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class SenderCases:
    """Undecided cases with a sender's suggestions: those that are theirs alone, and those that others sent too."""

    alone: list[Case]
    shared: list[Case]


@dataclass(frozen=True, slots=True)
class SenderRecord:
    """What became of the sender's other suggestions of the day."""

    accepted: int
    declined: int
    waiting: int


def sender_hash(address: str) -> str:
    """Names a subscriber's network address for a day; nobody without the site's key can tell the address from it."""
    if not address:
        return ""
    key = hmac.new(settings.SECRET_KEY.encode(), PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, network_of(address).encode(), hashlib.sha256).hexdigest()


def forget_senders() -> int:
    """Blank the hashes that are older than KEPT; returns how many."""
    old = Suggestion.objects.filter(received_at__lt=timezone.now() - KEPT).exclude(address_hash="")
    return old.update(address_hash="")


def senders_of(case: Case) -> list[str]:
    return list(case.suggestions.live().exclude(address_hash="").values_list("address_hash", flat=True).distinct()[:2])


def cases_of(sender: str) -> SenderCases:
    theirs = Count("suggestions", filter=Q(suggestions__address_hash=sender))
    cases: Iterable[Any] = (
        Case.objects.filter(
            state__in=DECIDABLE, pk__in=Suggestion.objects.filter(address_hash=sender).values("case_id")
        )
        .select_related("article")
        .annotate(theirs=theirs, all_sent=Count("suggestions"))
        .order_by("pk")[:MOST_CASES]
    )
    alone, shared = list[Case](), list[Case]()
    for case in cases:
        (alone if case.theirs == case.all_sent else shared).append(case)
    return SenderCases(alone, shared)


def record_of(sender: str, *, but: Case) -> SenderRecord:
    states = list(
        Suggestion.objects.filter(address_hash=sender, case__isnull=False)
        .exclude(case=but)
        .values_list("case__state", flat=True)
    )
    return SenderRecord(
        accepted=sum(state in (Case.State.PUBLISHED, Case.State.ALREADY_FIXED) for state in states),
        declined=sum(state in (Case.State.DECLINED, Case.State.SPAM) for state in states),
        waiting=sum(state in DECIDABLE for state in states),
    )
