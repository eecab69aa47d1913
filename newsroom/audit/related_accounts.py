"""Two accounts in one hand: somebody made or changed both, or one the other, so that four eyes may be two.

Read from the acts alone, by those who are about to approve and by `verify_audit`. What a command did names no editor
and joins nobody.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models.functions import Now

from newsroom.audit.account_acts import ADD, CHANGE, REMOVE_FACTOR, SET_PASSWORD, account_subject
from newsroom.audit.log import PUBLISH, WITHHOLD
from newsroom.models import Act

WINDOW = timedelta(days=30)  # a puppet's work would show by then, and colleagues change
HAND_OVER = (ADD, CHANGE, REMOVE_FACTOR, SET_PASSWORD)  # acts after which another may be able to log in as the account
RENAMED_ONLY = '"changed":["username"]'  # a new name opens nothing
APPROVER, ASKER = re.compile('"approved_by_id":([0-9]{1,18})'), re.compile('"asked_by_id":([0-9]{1,18})')
NAMED = ("sequence", "actor_id", "verb", "subject", "payload")
# Those who made or changed an account within the window, each with the number of the act.
Hands = Callable[[int], Iterable[tuple[int, int]]]


def joining_acts(one: int, other: int, *, at: datetime | None = None) -> list[int]:
    """Numbers of the acts that put two accounts into one hand within WINDOW; none where they are not.

    Before `at`, or now by the database's clock. Most accounts have no such act, so that one query answers.
    """
    taken = dict[int, list[tuple[int, int]]]()
    waiting = {one, other}
    while waiting:
        taken |= {account: [] for account in waiting}
        subjects = [account_subject(account) for account in waiting]
        acts = Act.objects.filter(subject__in=subjects, verb__in=HAND_OVER, actor_id__isnull=False)
        since = at - WINDOW if at else Now() - WINDOW
        for sequence, actor, verb, subject, payload in (
            acts.filter(at__gt=since).order_by("sequence").values_list(*NAMED)
        ):
            if _opens(verb, payload) and (account := _number(subject)) is not None:
                taken[account].append((actor, sequence))
        waiting = {actor for account in waiting for actor, _sequence in taken[account]} - taken.keys()
    return _joined(one, other, taken.__getitem__)


def approval_breaks() -> Iterator[str]:
    """A line for each act by which one of two accounts in one hand approved what the other proposed."""
    taken = dict[int, list[tuple[datetime, int, int]]]()  # by account: when, by whom, in which act
    for sequence, at, actor, verb, subject, payload in _acts():
        if verb in HAND_OVER:
            if _opens(verb, payload) and actor is not None and (account := _number(subject)) is not None:
                taken.setdefault(account, []).append((at, actor, sequence))
        elif taken and actor is not None and (found := (APPROVER if verb == PUBLISH else ASKER).search(payload)):

            def hands(account: int, since: datetime = at - WINDOW) -> Iterator[tuple[int, int]]:
                return ((by, number) for when, by, number in taken.get(account, ()) if when > since)

            if acts := _joined(actor, int(found[1]), hands):
                named = ", ".join(map(str, acts))
                yield f"act {sequence}: approved by two accounts in one hand within 30 days; see acts {named}"


def _acts() -> Iterator[tuple[int, datetime, int | None, str, str, str]]:
    """From the first that handed an account over; before it there is nothing to find."""
    first = Act.objects.filter(verb__in=HAND_OVER).order_by("sequence").values_list("sequence", flat=True).first()
    if first is not None:
        rows = Act.objects.filter(sequence__gte=first, verb__in=(*HAND_OVER, PUBLISH, WITHHOLD)).order_by("sequence")
        yield from rows.values_list("sequence", "at", "actor_id", "verb", "subject", "payload").iterator()


def _joined(one: int, other: int, hands: Hands) -> list[int]:
    ours, theirs = _hands_behind(one, hands), _hands_behind(other, hands)
    common = next((hand for hand in ours if hand in theirs), None)
    return [] if common is None or one == other else sorted({*ours[common], *theirs[common]})


def _hands_behind(account: int, hands: Hands) -> dict[int, tuple[int, ...]]:
    """The account and whoever made or changed it, directly or through others; each with the acts on the way."""
    found: dict[int, tuple[int, ...]] = {account: ()}
    waiting = [account]
    for each in waiting:
        for hand, sequence in hands(each):
            if hand not in found:
                found[hand] = (*found[each], sequence)
                waiting.append(hand)
    return found


def _opens(verb: str, payload: str) -> bool:
    return verb != CHANGE or RENAMED_ONLY not in payload


def _number(subject: str) -> int | None:
    number = subject.removeprefix(account_subject(0)[:-1])
    return int(number) if number.isdecimal() else None
