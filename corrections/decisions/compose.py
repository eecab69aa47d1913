"""Apply edits of cases to a base revision, giving the wording of the next one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corrections.anchoring.spans import Span
from corrections.models import Case
from corrections.screening.hidden_characters import refuse_hidden_characters
from newsroom.diffs.rebasing import map_span
from newsroom.models import Kind, Revision
from newsroom.text.canonical import NotCanonical, Wording, canonical_text, splice
from newsroom.text.sanitizer import plain_line

# Default kind of revision by category; for the others the editor chooses.
KIND_OF_CATEGORY = {
    "typo": Kind.TYPO,
    "clarity": Kind.CLARIFICATION,
    "fact": Kind.CORRECTION,
    "name": Kind.CORRECTION,
}


class PassageLost(Exception):
    """A case's passage is not in the base revision, so it cannot be replaced."""


class PassagesOverlap(Exception):
    """Two edits of one revision overlap."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement for a case's passage, or for `span` around it: code points of the case's field."""

    case: Case
    replacement: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """A wording with its edits applied; `spots` has each case's new span, in code points of its field, by key."""

    wording: Wording
    spots: dict[int, tuple[int, int]]


def compose(base: Revision, edits: Sequence[Edit]) -> Composition:
    """The base's wording with all edits applied.

    Raises PassageLost, PassagesOverlap, HiddenCharacters, WordsWithheld, and NotCanonical of newsroom.text.canonical.
    """
    content = base.require_content()
    wording, spots = content.wording, dict[int, tuple[int, int]]()
    shift: dict[str, int] = {}
    last_end: dict[str, int] = {}
    for edit, start, end in sorted((_located(edit, base) for edit in edits), key=lambda item: item[1:]):
        field = edit.case.field
        if start < last_end.get(field, 0):
            raise PassagesOverlap
        refuse_hidden_characters(edit.replacement, known=content.canonical(field)[start:end])
        moved = shift.get(field, 0)
        wording = _with(wording, field, start + moved, end + moved, edit.replacement)
        spots[edit.case.pk] = (start + moved, start + moved + len(edit.replacement))
        shift[field] = moved + len(edit.replacement) - (end - start)
        last_end[field] = end
    return Composition(wording, spots)


def spots_in(wording: Wording, composed: Composition, cases: Sequence[Case]) -> dict[int, tuple[int, int]]:
    """The spots of a composition in a wording that came of it, as by a move to another revision."""
    if wording == composed.wording:
        return composed.spots
    placed, texts = [case for case in cases if case.pk in composed.spots], dict[str, tuple[str, str]]()
    for field in {case.field for case in placed}:
        old, new = getattr(composed.wording, field), getattr(wording, field)
        texts[field] = (canonical_text(old), canonical_text(new)) if field == "body" else (old, new)
    return {case.pk: map_span(*texts[case.field], *composed.spots[case.pk]) for case in placed}


def _located(edit: Edit, base: Revision) -> tuple[Edit, int, int]:
    case = edit.case
    if case.anchored_in_id != base.pk or case.start is None or case.end is None:
        raise PassageLost
    content = base.require_content()
    span = edit.span or Span(case.start, case.end)
    if not 0 <= span.start <= case.start <= case.end <= span.end <= len(content.canonical(case.field)):
        raise PassageLost
    # Deleting a word also deletes one adjacent blank.
    start, end = (span.start, span.end) if edit.replacement else content.deletion_span(case.field, span.start, span.end)
    return edit, start, end


def _with(wording: Wording, field: str, start: int, end: int, replacement: str) -> Wording:
    old: str = getattr(wording, field)
    new = splice(old, start, end, replacement) if field == "body" else old[:start] + replacement + old[end:]
    if field != "body" and plain_line(new) != new:
        raise NotCanonical
    return replace(wording, **{field: new})
