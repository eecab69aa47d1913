"""JSON payload of a decision that makes a new revision: serialised when decided, read back when executed.

Between the two the editor may have published other cases of the article; the edits are then rebased onto that revision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corrections.anchoring.relocation import Status
from corrections.anchoring.spans import Span
from corrections.decisions.compose import Composition, Edit, compose
from corrections.models import Case
from corrections.triage.placement import Placer
from newsroom.models import Editor, Kind, Revision
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


def new_revision_of(cases: Sequence[Case], by: Editor, payload: Payload) -> NewRevision:
    """The revision of a stored payload, rebased where only `by` has published since."""
    revisions = Revision.objects.select_related("article__current", "stored_text").filter(article=cases[0].article)
    base = revisions.get(number=payload["base"])
    spots = {int(key): (start, end) for key, (start, end) in payload["spots"].items()}
    composed = Composition(Wording(**payload["wording"]), spots)
    since = list(revisions.filter(number__gt=base.number).order_by("number"))
    # An editor who clears several cases of one article in a row is not overtaken by their own decisions.
    if since and payload["edits"] and all(revision.editor_id == by.pk for revision in since):
        rebased = _rebased(cases, base, since[-1], payload["edits"])
        base, composed = (since[-1], rebased) if rebased else (base, composed)
    return NewRevision(base, composed, Kind(payload["kind"]), payload["note"])


def _rebased(
    cases: Sequence[Case], base: Revision, current: Revision, edits: Sequence[Sequence[Any]]
) -> Composition | None:
    """The same edits in a later revision; None where one of their passages was touched. Raises WordsWithheld."""
    base.require_content()
    placer, rebased = Placer(current), list[Edit]()
    by_key = {case.pk: case for case in cases}
    for key, start, end, words in edits:
        case = by_key[key]
        spans = [Span(case.start or 0, case.end or 0), Span(start, end)]
        anchors = [placer.follow(base, case.field, span, None) for span in spans]
        if any(anchor.status not in (Status.exact, Status.moved) or anchor.score < 1 for anchor in anchors):
            return None
        passage, edited = (Span(anchor.start or 0, anchor.end or 0) for anchor in anchors)
        case.anchored_in, case.start, case.end = current, passage.start, passage.end
        rebased.append(Edit(case, words, edited))
    return compose(current, rebased)
