"""Changelog of an article: each revision with its word diff, editor and credited readers."""

from dataclasses import dataclass

from newsroom.models import Kind, Revision, RevisionText, Withholding
from newsroom.publishing.policy import POLICY
from newsroom.record.comparison import Comparison, compare
from newsroom.record.desk_hooks import credits_of
from newsroom.record.queries import withholdings_of


@dataclass(frozen=True, slots=True)
class ChangelogEntry:
    """One revision; no comparison for the first one, or where words are withheld."""

    revision: Revision
    comparison: Comparison | None
    withholding: Withholding | None
    credits: list[str]

    @property
    def minor(self) -> bool:
        return POLICY[Kind(self.revision.kind)].minor


def entries_of(revisions: list[Revision]) -> list[ChangelogEntry]:
    """The number of queries does not depend on the number of revisions."""
    own = {revision.pk for revision in revisions}
    bases = {revision.based_on_id for revision in revisions if revision.based_on_id}
    words = RevisionText.objects.in_bulk(own | bases)
    gone, thanked = withholdings_of(own | bases), credits_of(own)
    return [
        ChangelogEntry(
            revision,
            _compare_with_base(words, revision),
            gone.get(revision.pk) or gone.get(revision.based_on_id or 0),
            thanked.get(revision.pk, []),
        )
        for revision in revisions
    ]


def _compare_with_base(words: dict[int, RevisionText], revision: Revision) -> Comparison | None:
    old, new = words.get(revision.based_on_id or 0), words.get(revision.pk)
    return compare(old, new) if old and new else None
