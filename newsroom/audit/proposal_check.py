"""Check proposals against the acts that made, moved, amended and ended them, and the revisions that they became."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.audit.log import (
    AMEND,
    CONSENT,
    EXPIRE,
    HAND_OVER,
    MOVE,
    PROPOSE,
    RETURN,
    number_of,
    proposal_digest,
    wording_digest,
)
from newsroom.audit.move_check import carried_back
from newsroom.audit.past_acts import PastAct, differing
from newsroom.models import Amendment, Kind, Proposal, Revision, Withholding
from newsroom.text.canonical import Wording

CHUNK = 50  # proposals held in memory at a time, with their bodies
WAITING, APPROVED, RETURNED = Proposal.State.WAITING, Proposal.State.APPROVED, Proposal.State.RETURNED
HANDED_OVER, CARRIED_OUT = Proposal.State.HANDED_OVER, Proposal.State.CARRIED_OUT


@dataclass(slots=True)
class _Told:
    """What acts tell of one proposal."""

    proposed: PastAct | None = None
    changed: list[PastAct] = field(default_factory=list)  # moves and amendments, in order
    consents: list[PastAct] = field(default_factory=list)
    ended: list[PastAct] = field(default_factory=list)
    handed_over: PastAct | None = None


class ProposalCheck:
    verbs = frozenset({PROPOSE, MOVE, AMEND, CONSENT, RETURN, EXPIRE, HAND_OVER})

    def __init__(self) -> None:
        self._told: dict[int, _Told] = {}

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        for act in acts:
            told = self._told.setdefault(act.number("proposal"), _Told())
            if act.verb in (RETURN, EXPIRE):
                told.ended.append(act)
            elif act.verb == CONSENT:
                told.consents.append(act)
            elif act.verb == HAND_OVER:
                told.handed_over = act
                told.proposed = told.proposed or act  # by one editor alone
            elif act.verb != PROPOSE:
                told.changed.append(act)
            elif told.proposed is None:
                told.proposed = act
            else:
                yield f"proposal {act.number('proposal')}: acts {told.proposed.sequence}, {act.sequence} made it"

    def finish(self) -> Iterator[str]:
        rows = Proposal.objects.select_related("article", "base", "revision__based_on").order_by("pk")
        rows = rows.prefetch_related("amendments__base")
        for proposal in rows.iterator(CHUNK):
            told = self._told.pop(proposal.pk, _Told())
            yield from (
                f"proposal {proposal.pk} of {proposal.article.slug}: {wrong}" for wrong in _breaks(proposal, told)
            )
        for pk, told in self._told.items():
            first = told.proposed or [*told.changed, *told.consents, *told.ended][0]
            yield f"proposal {pk} of {first.subject}: is gone, and act {first.sequence} names it"


def _breaks(proposal: Proposal, told: _Told) -> Iterator[str]:
    is_cleared = not proposal.headline  # its words were withheld
    if told.proposed is None:
        yield "no act proposed it"
    else:
        yield from _way_breaks(proposal, told.proposed, told.changed)
    is_any_cleared = is_cleared or any(not each.headline for each in proposal.amendments.all())
    if is_any_cleared and not _is_withheld(proposal, told):
        yield "words are gone, and nothing of the article was withheld"
    if proposal.state in (HANDED_OVER, CARRIED_OUT):
        yield from _hand_over_breaks(proposal, told.handed_over)
    if proposal.state in (WAITING, HANDED_OVER) and not is_cleared and _digest_of(proposal) != proposal.digest:
        yield "its words were changed, the digest is that of others"
    if proposal.state == RETURNED:
        yield from _return_breaks(proposal, told.ended, is_cleared=is_cleared)
    elif told.ended:
        yield f"is {proposal.state}, and act {told.ended[0].sequence} sent it back"
    if proposal.state in (APPROVED, CARRIED_OUT):
        yield from _revision_breaks(proposal, is_cleared=is_cleared)
        yield from _consent_breaks(proposal, told.consents)


def _way_breaks(proposal: Proposal, proposed: PastAct, changed: list[PastAct]) -> Iterator[str]:
    """From how it was proposed, over each move and amendment, to how it stands; each begins where the last ended."""
    amendments = {row.pk: row for row in proposal.amendments.all()}
    at, told = proposed, {**proposed.payload, "proposed_by": proposed.actor_id, "amended_by": None}
    for act, words in zip(changed, _versions(proposal, changed, amendments), strict=True):
        # Acts of the first versions name the digest of the words alone.
        is_same = told.get("digest") in (act.payload.get("digest"), words and words.old_digest)
        if act.payload.get("base") != told.get("base") or not is_same:
            yield f"act {act.sequence} ({act.verb}) does not begin where act {at.sequence} left it"
        if words and act.payload.get("digest") != words.digest:
            yield f"act {act.sequence} ({act.verb}) was made of other words than it says"
        if act.verb == MOVE:
            told |= {"base": act.payload.get("moved_base"), "digest": act.payload.get("moved_digest")}
        else:
            told |= {"digest": act.payload.get("amended_digest"), "kind": act.payload.get("kind")}
            told |= {name: act.payload.get(f"{name}_id") for name in ("proposed_by", "amended_by")}
            if act.actor_id != (told["amended_by"] or told["proposed_by"]):
                yield f"act {act.sequence} ({act.verb}) is of another editor than the one it names"
        at = act
    if different := _differing(proposal, told):
        verb = "proposed" if at is proposed else "left"
        yield f"its {', '.join(different)} differ from what act {at.sequence} {verb}"
    if amendments.keys() != {act.number("amendment") for act in changed if act.verb == AMEND}:
        yield "its amendments are not those that acts tell of"


@dataclass(frozen=True, slots=True)
class _Version:
    """Digests of what a proposal said at one time; empty where it cannot be told."""

    digest: str = ""
    old_digest: str = ""


def _versions(proposal: Proposal, changed: list[PastAct], amendments: dict[int, Amendment]) -> list[_Version | None]:
    """What stood before each act, from the last back: amendments kept it, moves are carried back.

    None where words were withheld.
    """
    found = list[_Version | None]()
    row: Proposal | Amendment | None = proposal if proposal.headline else None
    base, wording = (row.base, row.wording) if row else (None, None)
    for act in reversed(changed):
        if act.verb == AMEND:
            row = amendments.get(act.number("amendment"))
            row = row if row and row.headline else None
            base, wording = (row.base, row.wording) if row else (None, None)
        elif wording:
            seen = carried_back(act, wording)
            base, wording = (seen.base, seen.wording) if seen else (None, None)
            if seen and not wording:
                found.append(_Version())
                continue
        if row and wording:
            found.append(_Version(_sealed(row, base, wording), wording_digest(wording)))
        else:
            found.append(None)
    return found[::-1]


def _differing(proposal: Proposal, told: dict[str, object]) -> list[str]:
    changed = differing(told, {"kind": proposal.kind, "base": number_of(proposal.base)})
    # Acts of the first versions name the digest of the words alone.
    if told.get("digest") not in (proposal.digest, wording_digest(proposal.wording)):
        changed.append("digest")
    return changed + differing(told, {"proposed_by": proposal.proposed_by_id, "amended_by": proposal.amended_by_id})


def _consent_breaks(proposal: Proposal, consents: list[PastAct]) -> Iterator[str]:
    """What a second editor amended is published with its proposer's consent to just that."""
    if proposal.amended_by_id is None:
        return
    facts: dict[str, object] = {"digest": proposal.digest}
    given = [act for act in consents if act.actor_id == proposal.proposed_by_id and not differing(act.payload, facts)]
    if not given:
        yield "was amended, and its proposer consented to none of it"
    if proposal.decided_by_id != proposal.amended_by_id:
        yield "was amended by another editor than the one who approved it"


def _hand_over_breaks(proposal: Proposal, act: PastAct | None) -> Iterator[str]:
    if act is None:
        yield f"is {proposal.state}, and no act handed it over"
    elif act.payload.get("approved_by_id") != proposal.decided_by_id:
        yield f"was approved by another editor than act {act.sequence} says"


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


def _is_withheld(proposal: Proposal, told: _Told) -> bool:
    """Whether any of the article's words were, which clears copies of them; or an act says that of another's."""
    if any(act.verb == EXPIRE and act.payload.get("reason") == Proposal.Overtaken.WITHHELD for act in told.ended):
        return True
    approved = Withholding.objects.filter(state=Withholding.State.APPROVED)
    return approved.filter(revision__article=proposal.article_id).exists()


def _digest_of(proposal: Proposal) -> str:
    return _sealed(proposal, proposal.base, proposal.wording)


def _sealed(row: Proposal | Amendment, base: Revision | None, wording: Wording) -> str:
    """The digest of a row's kind and note with a base and words; none where a bent row has a kind that is none."""
    if row.kind not in Kind.values:
        return "no kind"
    return proposal_digest(base=base, kind=Kind(row.kind), note=row.note, wording=wording)
