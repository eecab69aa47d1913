"""Does a change touch what readers have reported and nobody has decided? settings.DESK_REPORTS_HOOK."""

from collections.abc import Callable

from django.db.models import QuerySet

from corrections.anchoring.spans import Span
from corrections.models import Case, Suggestion
from corrections.triage.placement import Placer
from newsroom.diffs.changed_spans import changed_spans, touches
from newsroom.models import Revision
from newsroom.text.canonical import Wording

UNTRIAGED = (Suggestion.Status.RECEIVED, Suggestion.Status.HELD, Suggestion.Status.FAILED)
# Passages that are looked for in the text. With more of them, as in a flood, the change counts as reported.
MOST = 500

Overlaps = Callable[[str, int | None, int | None], bool]


def touches_report(base: Revision, wording: Wording) -> bool:
    """Whether the change from `base` overlaps a passage of an open case, or of a suggestion not yet triaged."""
    changed = changed_spans(base.require_content().wording, wording)

    def overlaps(field: str, start: int | None, end: int | None) -> bool:
        spans = changed.get(field, ())
        return start is not None and end is not None and any(touches(span, (start, end)) for span in spans)

    placer = Placer(base)
    cases = Case.objects.open().filter(article=base.article_id, field__in=changed).order_by()
    sent = Suggestion.objects.live().filter(article=base.article_id, field__in=changed, status__in=UNTRIAGED).order_by()
    return (
        any(overlaps(*row) for row in cases.filter(anchored_in=base).values_list("field", "start", "end"))
        or _any_older(cases.exclude(anchored_in=base).exclude(start=None), placer, overlaps)
        or _any_untriaged(sent, placer, overlaps)
    )


def _any_older(cases: QuerySet[Case], placer: Placer, overlaps: Overlaps) -> bool:
    """Cases that wait to be re-anchored."""
    older = list(cases.prefetch_related("anchored_in__stored_text")[: MOST + 1])
    anchors = (
        (case.field, placer.follow(case.anchored_in, case.field, Span(case.start, case.end), case.replacement))
        for case in older
        if case.start is not None and case.end is not None and case.anchored_in.content
    )
    return len(older) > MOST or any(overlaps(field, anchor.start, anchor.end) for field, anchor in anchors)


def _any_untriaged(sent: QuerySet[Suggestion], placer: Placer, overlaps: Overlaps) -> bool:
    rows = list(sent.prefetch_related("read_in__stored_text")[: MOST + 1])
    placed = ((each.field, placer.place(each).anchor) for each in rows)
    return len(rows) > MOST or any(overlaps(field, anchor.start, anchor.end) for field, anchor in placed)
