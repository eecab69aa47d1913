"""Check proposals against the acts that made and ended them, and against the revisions that they became."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.audit.log import EXPIRE, PROPOSE, RETURN, number_of, proposal_digest, wording_digest
from newsroom.audit.past_acts import PastAct, differing
from newsroom.models import Kind, Proposal

CHUNK = 50  # proposals held in memory at a time, with their bodies
WAITING, APPROVED, RETURNED = Proposal.State.WAITING, Proposal.State.APPROVED, Proposal.State.RETURNED


@dataclass(slots=True)
class _Told:
    """What acts tell of one proposal."""

    proposed: PastAct | None = None
    ended: list[PastAct] = field(default_factory=list)


class ProposalCheck:
    verbs = frozenset({PROPOSE, RETURN, EXPIRE})

    def __init__(self) -> None:
        self._told: dict[int, _Told] = {}

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        for act in acts:
            told = self._told.setdefault(act.number("proposal"), _Told())
            if act.verb != PROPOSE:
                told.ended.append(act)
            elif told.proposed is None:
                told.proposed = act
            else:
                yield f"proposal {act.number('proposal')}: acts {told.proposed.sequence}, {act.sequence} made it"

    def finish(self) -> Iterator[str]:
        rows = Proposal.objects.select_related("article", "base", "revision__based_on").order_by("pk")
        for proposal in rows.iterator(CHUNK):
            told = self._told.pop(proposal.pk, _Told())
            yield from (
                f"proposal {proposal.pk} of {proposal.article.slug}: {wrong}" for wrong in _breaks(proposal, told)
            )
        for pk, told in self._told.items():
            first = told.proposed or told.ended[0]
            yield f"proposal {pk} of {first.subject}: is gone, and act {first.sequence} names it"


def _breaks(proposal: Proposal, told: _Told) -> Iterator[str]:
    if told.proposed is None:
        yield "no act proposed it"
    elif changed := _changed(proposal, told.proposed):
        yield f"its {', '.join(changed)} differ from what act {told.proposed.sequence} proposed"
    is_cleared = not proposal.headline  # its words were withheld
    if proposal.state == WAITING and not is_cleared and _digest_of(proposal) != proposal.digest:
        yield "its words were changed, the digest is that of others"
    if proposal.state == RETURNED:
        yield from _return_breaks(proposal, told.ended, is_cleared=is_cleared)
    elif told.ended:
        yield f"is {proposal.state}, and act {told.ended[0].sequence} sent it back"
    if proposal.state == APPROVED:
        yield from _revision_breaks(proposal, is_cleared=is_cleared)


def _changed(proposal: Proposal, act: PastAct) -> list[str]:
    facts: dict[str, object] = {"kind": proposal.kind, "base": number_of(proposal.base)}
    changed = differing(act.payload, facts)
    # Acts of the first versions name the digest of the words alone.
    if act.payload.get("digest") not in (proposal.digest, wording_digest(proposal.wording)):
        changed.append("digest")
    return changed + ([] if act.actor_id == proposal.proposed_by_id else ["proposed_by"])


def _return_breaks(proposal: Proposal, ended: list[PastAct], *, is_cleared: bool) -> Iterator[str]:
    if not ended:
        if not is_cleared:
            yield "is returned, and no act sent it back"
        return
    act = ended[0]
    changed = differing(act.payload, {"reason": proposal.reason})
    changed += [] if act.actor_id == proposal.decided_by_id else ["decided_by"]
    if changed:
        yield f"its {', '.join(changed)} differ from what act {act.sequence} says"


def _revision_breaks(proposal: Proposal, *, is_cleared: bool) -> Iterator[str]:
    revision = proposal.revision
    if revision is None:
        yield "is approved, and no revision was made of it"
        return
    same = {
        "article": revision.article_id == proposal.article_id,
        "kind": revision.kind == proposal.kind,
        "note": revision.note == proposal.note,
        "base": revision.based_on_id == proposal.base_id,
        "proposed_by": revision.editor_id == proposal.proposed_by_id,
        "decided_by": revision.approved_by_id == proposal.decided_by_id,
        "words": is_cleared or revision.digest == wording_digest(proposal.wording),
    }
    if differ := [name for name, equal in same.items() if not equal]:
        yield f"its {', '.join(differ)} differ from revision {revision.number}, which was made of it"


def _digest_of(proposal: Proposal) -> str:
    kind, note = Kind(proposal.kind), proposal.note
    return proposal_digest(base=proposal.base, kind=kind, note=note, wording=proposal.wording)
