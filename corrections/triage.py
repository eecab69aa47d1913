"""Places each suggestion in the current revision and groups it with others about the same mistake."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from corrections.anchoring import Status
from corrections.grouping import Span, overlap
from corrections.models import Case, Suggestion
from corrections.placing import Placement, Placer
from corrections.reanchoring import reanchor_article
from corrections.screening import Flag, flags_of
from newsroom.histories import save_unrecorded
from newsroom.models import Revision
from newsroom.publishing import lock_article

LEASE = timedelta(seconds=30)  # after it, a claimed suggestion that nobody triaged is owed again
MAX_ATTEMPTS = 5  # a suggestion that kills its worker must not do so for ever
BATCH = 500  # suggestions claimed in one tick


def claim_received(limit: int = BATCH) -> list[Suggestion]:
    """Lease the oldest suggestions that wait for triage to the caller. Two callers never get the same."""
    now = timezone.now()
    owed = Suggestion.objects.filter(status=Suggestion.Status.RECEIVED).filter(
        Q(leased_until=None) | Q(leased_until__lt=now)
    )
    with transaction.atomic():
        claimed = list(
            owed.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, no_key=True)
            .only("pk", "attempts")
            .order_by("received_at")[:limit]
        )
        spent = [suggestion.pk for suggestion in claimed if suggestion.attempts >= MAX_ATTEMPTS]
        Suggestion.objects.filter(pk__in=spent).update(status=Suggestion.Status.FAILED)
        fresh = [suggestion for suggestion in claimed if suggestion.attempts < MAX_ATTEMPTS]
        Suggestion.objects.filter(pk__in=[s.pk for s in fresh]).update(leased_until=now + LEASE)
    return fresh


def release(suggestions: Iterable[Suggestion]) -> None:
    """Give leases back at once, when the broker did not take the messages."""
    Suggestion.objects.filter(
        pk__in=[suggestion.pk for suggestion in suggestions], status=Suggestion.Status.RECEIVED
    ).update(leased_until=None)


def triage_suggestion(pk: UUID | str) -> Case | None:
    """Place one received suggestion and put it into its case; None when that was done before, or it was taken back.

    Safe to run twice, and by two workers at once: the article's row is locked while a case is chosen, and only a
    suggestion that is still `received` is taken.
    """
    if not Suggestion.objects.filter(pk=pk, status=Suggestion.Status.RECEIVED).update(attempts=F("attempts") + 1):
        return None
    suggestion = Suggestion.objects.select_related("article", "read_in__content").get(pk=pk)
    while True:
        placement = Placer(Revision.objects.current_of(suggestion.article)).place(suggestion)
        with transaction.atomic():
            article = lock_article(suggestion.article)
            if article.current_id == placement.revision.pk:
                # Cases not yet moved to this revision would be missed, and the passage get a second case.
                reanchor_article(article)
                return _put_in_case(suggestion, placement)
        # The article moved on while the passage was looked for: look again in what stands now.


def _put_in_case(suggestion: Suggestion, placement: Placement) -> Case | None:
    """Runs under the article's lock."""
    owed = Suggestion.objects.select_for_update(of=("self",)).filter(
        pk=suggestion.pk, status=Suggestion.Status.RECEIVED
    )
    if not owed.exists():
        return None
    case = _case_about(suggestion, placement)
    if case is None:
        case = _new_case(suggestion, placement)
    else:
        flags = sorted({*case.flags, *_flags(suggestion)})
        last_at = max(case.last_at, suggestion.received_at)  # workers do not keep the order in which they came
        Case.objects.filter(pk=case.pk).update(readers=F("readers") + 1, last_at=last_at, flags=flags)
    owed.update(status=Suggestion.Status.TRIAGED, case=case, triaged_at=timezone.now(), leased_until=None)
    return case


def _case_about(suggestion: Suggestion, placement: Placement) -> Case | None:
    """The open case whose span the suggestion's overlaps most, the oldest of equals."""
    if not suggestion.field:
        return None
    candidates = Case.objects.open().filter(article_id=suggestion.article_id, field=suggestion.field).order_by("pk")
    if placement.change is None:
        return candidates.filter(start=None, exact=suggestion.exact, replacement=suggestion.replacement).first()
    best: tuple[int, Case] | None = None
    for case in candidates.filter(start__isnull=False, anchored_in=placement.revision):
        shared = overlap(placement.change, Span(case.change_start or 0, case.change_end or 0))
        if shared is not None and (best is None or shared > best[0]):
            best = (shared, case)
    return best[1] if best else None


def _new_case(suggestion: Suggestion, placement: Placement) -> Case:
    anchor, change = placement.anchor, placement.change
    case = Case(
        article_id=suggestion.article_id,
        state=Case.State.ALREADY_FIXED if anchor.status is Status.fixed else Case.State.OPEN,
        decided_at=timezone.now() if anchor.status is Status.fixed else None,
        category=suggestion.category,
        readers=1,
        first_at=suggestion.received_at,
        last_at=suggestion.received_at,
        field=suggestion.field,
        exact=suggestion.exact,
        replacement=suggestion.replacement,
        anchored_in=placement.revision,
        anchor=anchor.status.value,
        start=anchor.start,
        end=anchor.end,
        change_start=change.start if change else None,
        change_end=change.end if change else None,
        flags=_flags(suggestion),
    )
    save_unrecorded(case)  # nobody at the desk did anything yet
    return case


def _flags(suggestion: Suggestion) -> list[str]:
    flags = flags_of(
        suggestion.exact,
        suggestion.replacement,
        prefix=suggestion.prefix,
        suffix=suggestion.suffix,
        category=suggestion.category,
        language=suggestion.article.language,
    )
    automatic = [Flag.AUTOMATIC] if suggestion.looks_automatic else []
    return [flag.value for flag in [*flags, *automatic]]
