"""Triage pipeline: lease received suggestions, place them in the current revision, and match them to cases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from corrections.models import Case, FailedJob, Suggestion
from corrections.screening.flags import Flag, find_flags
from corrections.triage.case_matching import CaseMatcher
from corrections.triage.placement import Placement, Placer
from corrections.triage.reanchoring import reanchor_locked
from newsroom.models import Revision
from newsroom.models.deadlines import is_over
from newsroom.publishing.publish import lock_article

LEASE = timedelta(seconds=30)  # after it, a claimed suggestion that was not triaged is claimed again
MAX_ATTEMPTS = 5  # a suggestion that crashes its worker is not retried for ever
CLAIM_LIMIT = 500  # suggestions claimed in one tick
BATCH = 50  # suggestions of one article that are triaged together


def claim_received(limit: int = CLAIM_LIMIT) -> list[Suggestion]:
    """Lease the oldest received suggestions to the caller (SELECT FOR UPDATE SKIP LOCKED, so never to two)."""
    now = timezone.now()
    owed = Suggestion.objects.filter(status=Suggestion.Status.RECEIVED).filter(
        is_over("leased_until", now, longest=LEASE)
    )
    with transaction.atomic():
        claimed = list(
            owed.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, no_key=True)
            .only("pk", "attempts", "article_id")
            .order_by("received_at")[:limit]
        )
        spent = [suggestion.pk for suggestion in claimed if suggestion.attempts >= MAX_ATTEMPTS]
        Suggestion.objects.filter(pk__in=spent).update(status=Suggestion.Status.FAILED)
        fresh = [suggestion for suggestion in claimed if suggestion.attempts < MAX_ATTEMPTS]
        Suggestion.objects.filter(pk__in=[s.pk for s in fresh]).update(leased_until=now + LEASE)
    return fresh


def batches(claimed: Iterable[Suggestion]) -> list[list[Suggestion]]:
    """Claimed suggestions by message: one message for many of an article.

    A retried suggestion gets a message of its own, as it may have crashed its batch.
    """
    together: dict[int, list[Suggestion]] = {}
    alone: list[list[Suggestion]] = []
    for suggestion in claimed:
        if suggestion.attempts:
            alone.append([suggestion])
        else:
            together.setdefault(suggestion.article_id, []).append(suggestion)
    return alone + [many[at : at + BATCH] for many in together.values() for at in range(0, len(many), BATCH)]


def failed_suggestions(most: int) -> list[Suggestion]:
    """Suggestions whose triage failed, the oldest first."""
    failed = Suggestion.objects.filter(status=Suggestion.Status.FAILED).select_related("article")
    return list(failed.order_by("received_at")[:most])


def retry_failed() -> int:
    """Queue every failed suggestion again; returns how many. Idempotent."""
    failed = Suggestion.objects.filter(status=Suggestion.Status.FAILED)
    FailedJob.objects.filter(kind=FailedJob.Kind.SUGGESTION).delete()
    return failed.update(status=Suggestion.Status.RECEIVED, attempts=0, leased_until=None)


def release_leases(suggestions: Iterable[Suggestion]) -> None:
    """Release leases at once, when the broker did not accept the messages."""
    Suggestion.objects.filter(
        pk__in=[suggestion.pk for suggestion in suggestions], status=Suggestion.Status.RECEIVED
    ).update(leased_until=None)


def triage_suggestion(pk: UUID | str) -> Case | None:
    """Triage one received suggestion; None when it was triaged or withdrawn before."""
    return triage_batch([pk]).get(UUID(str(pk)))


def triage_batch(pks: Sequence[UUID | str]) -> dict[UUID, Case]:
    """Triage received suggestions of one article; returns the case of each.

    Idempotent, and safe for two workers at once: the article's row is locked while cases are matched, and only
    suggestions that are still `received` are processed.
    """
    owed = Suggestion.objects.filter(pk__in=pks, status=Suggestion.Status.RECEIVED)
    if not owed.update(attempts=F("attempts") + 1):
        return {}
    batch = list(owed.select_related("article").prefetch_related("read_in__stored_text").order_by("received_at"))
    while batch:
        current = Revision.objects.current_of(batch[0].article)
        placer = Placer(current)
        placements = {suggestion.pk: placer.place(suggestion) for suggestion in batch}
        # Before the transaction: the first look at a word list takes a second, and SQLite has one writer at a time.
        flags = {suggestion.pk: _flags(suggestion, current) for suggestion in batch}
        with transaction.atomic():
            article = lock_article(batch[0].article)
            if article.current_id == current.pk:
                # A case not yet re-anchored in this revision would not match, and the passage would get a second case.
                reanchor_locked(article)
                return _put_in_cases(batch, placements, flags, current)
        # The article got a new revision during placement: place again in that one.
    return {}


def _put_in_cases(
    batch: Sequence[Suggestion],
    placements: Mapping[UUID, Placement],
    flags: Mapping[UUID, list[str]],
    current: Revision,
) -> dict[UUID, Case]:
    """Call with the article locked; returns the case of each suggestion that was still `received`."""
    received = set(
        Suggestion.objects.select_for_update(of=("self",))
        .filter(pk__in=placements, status=Suggestion.Status.RECEIVED)
        .values_list("pk", flat=True)
    )
    matcher = CaseMatcher(current, batch)
    cases = {
        suggestion.pk: matcher.match(suggestion, placements[suggestion.pk], flags[suggestion.pk])
        for suggestion in batch
        if suggestion.pk in received
    }
    matcher.save()
    now = timezone.now()
    for case in set(cases.values()):
        members = [pk for pk, held_by in cases.items() if held_by is case]
        Suggestion.objects.filter(pk__in=members).update(
            status=Suggestion.Status.TRIAGED, case=case, triaged_at=now, leased_until=None
        )
    return cases


def _flags(suggestion: Suggestion, current: Revision) -> list[str]:
    flags = find_flags(
        suggestion.exact,
        suggestion.replacement,
        prefix=suggestion.prefix,
        suffix=suggestion.suffix,
        category=suggestion.category,
        language=current.article.language,
        note=suggestion.note,
    )
    automatic = [Flag.AUTOMATIC] if suggestion.looks_automatic else []
    return [flag.value for flag in [*flags, *automatic]]
