"""Check the acts that moved a change to a later revision: whether it is the same change, by carrying it back.

Acts hold no words. Those of the two bases and of what was moved stand in the rows, unless they were withheld.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.audit.log import MOVE_REVISION, proposal_digest
from newsroom.audit.past_acts import PastAct
from newsroom.diffs.rebasing import ChangesOverlap, rebase
from newsroom.models import Kind, Revision
from newsroom.text.canonical import Wording

ARTICLE = "article:"


@dataclass(frozen=True, slots=True)
class CarriedBack:
    """What was moved, as it stood on its first base; `wording` is None where it cannot be carried back."""

    base: Revision
    wording: Wording | None


def carried_back(act: PastAct, moved: Wording) -> CarriedBack | None:
    """The words that an act moved, from those that it left. None where the words of a base were withheld."""
    bases = {
        revision.number: revision
        for revision in Revision.objects.select_related("stored_text").filter(
            article__slug=act.subject.removeprefix(ARTICLE),
            number__in=[act.number("base"), act.number("moved_base")],
        )
    }
    first, last = bases.get(act.number("base")), bases.get(act.number("moved_base"))
    if first is None or last is None or first.content is None or last.content is None:
        return None
    try:
        return CarriedBack(first, rebase(last.content.wording, moved, first.content.wording))
    except ChangesOverlap:
        return CarriedBack(first, None)


class MoveCheck:
    """Of the acts about revisions that were made from an older one; ProposalCheck reads those about proposals."""

    verbs = frozenset({MOVE_REVISION})

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        for act in acts:
            revisions = Revision.objects.select_related("stored_text", "based_on")
            slug, number = act.subject.removeprefix(ARTICLE), act.number("revision")
            revision = revisions.filter(article__slug=slug, number=number).first()
            if revision is None or revision.based_on is None:
                yield f"revision {slug} {number}: is gone, and act {act.sequence} moved it"
            elif wrong := _difference(revision, revision.based_on, act):
                yield f"revision {slug} {number}: {wrong}"

    def finish(self) -> Iterator[str]:
        yield from ()


def _difference(revision: Revision, based_on: Revision, act: PastAct) -> str:
    """How a revision is not what the act moved; empty if it is, or if its words were withheld."""
    if act.number("moved_base") != based_on.number:
        return f"was made from another revision than act {act.sequence} moved it to"
    if revision.content is None or revision.kind not in Kind.values:
        return ""  # ArticleCheck compares the kind
    kind, note, wording = Kind(revision.kind), revision.note, revision.content.wording
    if act.payload.get("moved_digest") != proposal_digest(base=based_on, kind=kind, note=note, wording=wording):
        return f"is not what act {act.sequence} moved"
    seen = carried_back(act, wording)
    if seen is None:
        return ""
    if seen.wording is None or act.payload.get("digest") != proposal_digest(
        base=seen.base, kind=kind, note=note, wording=seen.wording
    ):
        return f"is not the change that act {act.sequence} says it was"
    return ""
