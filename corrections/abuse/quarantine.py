"""Quarantine: suggestions received during a flood are held until an editor releases or rejects them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from corrections.decisions.rules import refuse_without_permission
from corrections.models import Suggestion
from newsroom.audit.log import append_act
from newsroom.models import Editor

Status = Suggestion.Status


def held_suggestions(most: int) -> list[Suggestion]:
    """Suggestions in quarantine, the oldest first."""
    held = Suggestion.objects.filter(status=Status.HELD).select_related("article")
    return list(held.order_by("received_at", "pk")[:most])


def release_suggestions(pks: Iterable[UUID], *, by: Editor) -> int:
    """Pass them on to triage; returns how many were still held. Raises NotPermitted."""
    return _settle(pks, Status.RECEIVED, "let_in_suggestions", by=by)


def release_all_suggestions(*, by: Editor) -> int:
    """Release everything that is held now. Raises NotPermitted."""
    return release_suggestions(Suggestion.objects.filter(status=Status.HELD).values_list("pk", flat=True), by=by)


def reject_suggestions(pks: Iterable[UUID], *, by: Editor) -> int:
    """Close them as spam without triage; returns how many were still held. Raises NotPermitted."""
    return _settle(pks, Status.SPAM, "throw_out_suggestions", by=by)


def _settle(pks: Iterable[UUID], status: Suggestion.Status, verb: str, *, by: Editor) -> int:
    refuse_without_permission(by)
    with transaction.atomic():
        held = Suggestion.objects.select_for_update().filter(pk__in=list(pks), status=Status.HELD)
        numbers = sorted(str(pk) for pk in held.values_list("pk", flat=True))
        if numbers:
            ended = timezone.now() if status == Status.SPAM else None
            Suggestion.objects.filter(pk__in=numbers).update(status=status, thrown_out_at=ended)
            append_act(verb, subject="suggestions", by=by, payload={"number": len(numbers), "first": numbers[:100]})
    return len(numbers)
