"""The public note and the kind of revision that a case's form begins with, written from its change."""

from corrections.decisions.compose import KIND_OF_CATEGORY, Edit, compose
from corrections.decisions.messages import REFUSALS
from corrections.models import Case
from newsroom.diffs.significance import significant_changes
from newsroom.models import Kind
from newsroom.publishing.notes import written_note


def initial_note(edit: Edit, *, kind: str = "") -> dict[str, str]:
    """Values of the fields `kind`, `note` and `written` for a new wording; empty where it cannot be put in.

    `kind` is one that the editor chose before.
    """
    case = edit.case
    try:
        wording = compose(case.anchored_in, [edit]).wording
    except REFUSALS:
        return {}
    old = case.anchored_in.require_content().wording
    kind = kind or fitting_kind(case, significant_changes(old, wording, language=case.article.language))
    note = written_note(case.article, base=case.anchored_in, kind=kind, wording=wording)
    return {"kind": kind, "note": note, "written": note}


def fitting_kind(case: Case, changes: frozenset[object]) -> str:
    """By the reader's category; a change of meaning under none of those is a correction."""
    kind = KIND_OF_CATEGORY.get(case.category)
    return str(kind or (Kind.CORRECTION if changes else ""))
