"""Edit conflicts: what changed while an editor was writing, shown when their decision comes too late."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from corrections.desk.proposals.preview import PartDiff, part_diffs
from corrections.models import Case
from newsroom.models import Editor, Kind, Revision, WordsWithheld
from newsroom.publishing.messages import explain
from newsroom.publishing.moves import ProposalMoved
from newsroom.publishing.publish import StaleRevision

MOST_REVISIONS = 20


@dataclass(frozen=True, slots=True)
class EditConflict:
    """`revisions` since the editor's, with their `changes`; `typed` is the editor's unsaved text, by label."""

    sentence: str
    revisions: list[Revision]
    changes: list[PartDiff]
    typed: Sequence[tuple[str, str]]


def edit_conflict(refusal: Exception, case: Case, *, typed: Sequence[tuple[str, str]], by: Editor) -> EditConflict:
    """The conflict behind a refusal of what `by` decided too late; `case` is freshly read."""
    if isinstance(refusal, StaleRevision):
        return _by_revision(refusal.base, case.anchored_in, typed, by=by)
    if isinstance(refusal, ProposalMoved | WordsWithheld):
        return EditConflict(explain(refusal), [], [], typed)
    return EditConflict(_by_decision(case), [], [], typed)


def _by_revision(
    base: Revision | None, current: Revision, typed: Sequence[tuple[str, str]], *, by: Editor
) -> EditConflict:
    sentence = _(
        "The article was changed while you were writing: it is now at version %(number)s. "
        "Nothing of yours was published; look at what changed and decide again."
    ) % {"number": current.number}
    if base is None:
        return EditConflict(sentence, [], [], typed)
    later = Revision.objects.filter(article_id=current.article_id, number__gt=base.number, number__lte=current.number)
    revisions = list(later.select_related("editor", "article").newest_first()[:MOST_REVISIONS])
    if current.kind == Kind.RETRACTION:
        sentence = _("The article was retracted while you were writing. Nothing of yours was published.")
    elif revisions and all(each.editor_id == by.pk for each in revisions):
        sentence = _("You changed the same words yourself, in version %(number)s. Look at them and decide again.") % {
            "number": current.number
        }
    old, new = base.content, current.content
    changes = part_diffs(old.wording, new.wording) if old and new else []  # withheld words are not compared
    return EditConflict(sentence, revisions, changes, typed)


def _by_decision(case: Case) -> str:
    if case.state == Case.State.OPEN:
        return _("This case was changed while you were writing. Nothing of yours was published; decide again.")
    decided_by = case.decided_by
    if case.state == Case.State.PROPOSED and case.proposal:
        decided_by = case.proposal.proposed_by
    if decided_by is None:
        return _("This case was settled while you were writing (%(state)s). Nothing of yours was published.") % {
            "state": case.get_state_display()
        }
    return _("%(editor)s decided this case while you were writing (%(state)s). Nothing of yours was published.") % {
        "editor": decided_by,
        "state": case.get_state_display(),
    }
