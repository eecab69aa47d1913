"""A proposal as its second editor sees it: word diffs of the fields that it would change."""

from dataclasses import dataclass

from corrections.models import Case, Field
from newsroom.diffs.excerpts import DiffRun, changed_runs, excerpt
from newsroom.diffs.rebasing import ChangesOverlap, rebase
from newsroom.models import Amendment, Proposal
from newsroom.text.canonical import Wording, canonical_text


@dataclass(frozen=True, slots=True)
class PartDiff:
    """Word diff of one field of an article."""

    label: str
    runs: list[DiffRun]


@dataclass(frozen=True, slots=True)
class ProposalPreview:
    """A proposal as shown to the second editor; what it was `before` it was amended, and what of its words was."""

    proposal: Proposal
    changes: list[PartDiff]
    cases: int
    before: Amendment | None
    amended: list[PartDiff]


def proposal_preview(case: Case) -> ProposalPreview | None:
    proposal = case.proposal
    if proposal is None or case.state != Case.State.PROPOSED:
        return None
    base = proposal.base.content if proposal.base else None
    old = base.wording if base else Wording(headline="", standfirst="", byline="", body="")
    before = proposal.amendments.select_related("amended_by", "base__stored_text").last()
    amended = part_diffs(_on_same_base(before, proposal), proposal.wording) if before else []
    return ProposalPreview(proposal, part_diffs(old, proposal.wording), proposal.cases.count(), before, amended)


def _on_same_base(before: Amendment, proposal: Proposal) -> Wording:
    """Without what was published since the amendment, where that can be told apart."""
    old, new = before.base.content if before.base else None, proposal.base.content if proposal.base else None
    try:
        return rebase(old.wording, before.wording, new.wording) if old and new else before.wording
    except ChangesOverlap:
        return before.wording


def part_diffs(old: Wording, new: Wording) -> list[PartDiff]:
    """Word diffs of the fields that differ. Where only the body's markup differs, the HTML is compared."""
    parts = [
        (str(Field(part).label), getattr(old, part), getattr(new, part))
        for part in ("headline", "standfirst", "byline")
    ]
    texts = canonical_text(old.body), canonical_text(new.body)
    if texts[0] == texts[1]:
        texts = old.body, new.body
    parts.append((str(Field.BODY.label), *texts))
    return [PartDiff(label, excerpt(changed_runs(before, after))) for label, before, after in parts if before != after]
