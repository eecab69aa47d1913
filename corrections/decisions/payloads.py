"""JSON payload of a decision that makes a new revision: serialised when decided, read back when executed.

Between the two anybody may have published other changes to the article. The revision is then moved to the current one
as it is published or proposed; what the editor decided about has to stand there as it did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corrections.decisions.compose import Composition, Edit
from corrections.models import Case
from newsroom.diffs.changed_spans import Spans, changed_spans, touches
from newsroom.models import Kind, Revision
from newsroom.publishing.publish import StaleRevision
from newsroom.text.canonical import Wording

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision to be published or proposed."""

    base: Revision
    composed: Composition
    kind: Kind
    note: str


def revision_payload(new: NewRevision, edits: Sequence[Edit]) -> Payload:
    return {
        "base": new.base.number,
        "wording": new.composed.wording.as_dict(),
        "spots": {str(key): list(spot) for key, spot in new.composed.spots.items()},
        "edits": [[edit.case.pk, *_ends(edit), edit.replacement] for edit in edits],
        "kind": new.kind.value,
        "note": new.note,
    }


def _ends(edit: Edit) -> tuple[int, int]:
    return (edit.span.start, edit.span.end) if edit.span else (edit.case.start or 0, edit.case.end or 0)


def new_revision_of(cases: Sequence[Case], payload: Payload) -> NewRevision:
    """The revision of a stored payload. Raises StaleRevision where a passage was touched since, WordsWithheld."""
    revisions = Revision.objects.select_related("article__current__stored_text", "stored_text")
    base = revisions.get(article=cases[0].article, number=payload["base"])
    spots = {int(key): (start, end) for key, (start, end) in payload["spots"].items()}
    _refuse_touched(cases, base, payload["edits"])
    return NewRevision(base, Composition(Wording(**payload["wording"]), spots), Kind(payload["kind"]), payload["note"])


def _refuse_touched(cases: Sequence[Case], base: Revision, edits: Sequence[Sequence[Any]]) -> None:
    """An edit may be narrower than the words that it was decided about."""
    current = base.article.current
    if current is None or current.pk == base.pk or not edits:
        return
    by_key, changed = {case.pk: case for case in cases}, dict[int, dict[str, Spans]]()
    for key, start, end, _words in edits:
        case = by_key[key]
        passages = [(base, start, end)]
        if case.start is not None and case.end is not None:
            passages.append((case.anchored_in, case.start, case.end))
        for seen_in, first, last in passages:
            if seen_in.pk not in changed:
                was, stands = seen_in.require_content().wording, current.require_content().wording
                changed[seen_in.pk] = changed_spans(was, stands)
            if any(touches(span, (first, last)) for span in changed[seen_in.pk].get(case.field, ())):
                raise StaleRevision(base, current)
