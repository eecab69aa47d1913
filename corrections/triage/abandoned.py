"""Close cases that no reader stands behind any more: all took their suggestions back, and no editor decided."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from corrections.models import Case, CaseQuerySet, Suggestion
from corrections.models.change_reasons import ChangeReason
from newsroom.audit.history import save_with_reason
from newsroom.models import Article
from newsroom.publishing.publish import lock_article

# Not a case that was decided, or proposed to a second editor: an editor has taken it over, until it is given back.
CLOSED_WITHOUT_READERS = (Case.State.OPEN, Case.State.HELD, Case.State.ASKED)
SWEPT = 500  # cases in one sweep


def close_abandoned(cases: Iterable[int]) -> None:
    """Close those of the cases that are abandoned. Call with their article locked, wherever one is given back."""
    for case in _abandoned().filter(pk__in=list(cases)).select_for_update(of=("self",), no_key=True):
        case.readers, case.state, case.decided_at = 0, Case.State.WITHDRAWN, timezone.now()
        case.held_until = case.claimed_until = case.assignee = None
        case.hold_reason = ""
        save_with_reason(case, by=None, reason=ChangeReason.TAKEN_BACK)


def sweep_abandoned() -> None:
    """Close abandoned cases whatever left them behind, such as an older version. Idempotent."""
    articles = _abandoned().order_by().values_list("article", flat=True)[:SWEPT]
    for article in Article.objects.filter(pk__in=set(articles)):
        with transaction.atomic():
            close_abandoned(_abandoned().filter(article=lock_article(article)).values_list("pk", flat=True))


def _abandoned() -> CaseQuerySet:
    live = Suggestion.objects.live().filter(case=OuterRef("pk"))
    # No reader ever stood behind one of the desk's own.
    return Case.objects.filter(~Exists(live), state__in=CLOSED_WITHOUT_READERS, echo_of=None)
