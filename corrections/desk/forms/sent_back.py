"""What came back to an editor, so that nobody types it twice: wording, note and kind of the last decision."""

from dataclasses import dataclass

from corrections.models import Case, Decision
from newsroom.models import Proposal
from newsroom.text.canonical import canonical_text


@dataclass(frozen=True, slots=True)
class SentBack:
    """`words` are those for the case's passage; empty where the whole article was written anew."""

    kind: str
    note: str
    words: str


def sent_back(case: Case) -> SentBack | None:
    """Of a decision that could not be carried out, or a proposal that was sent back; None where nothing was."""
    if case.state != Case.State.OPEN:
        return None
    decision, proposal = case.decision, case.proposal
    if decision and decision.state == Decision.State.RETURNED and "edits" in decision.payload:
        words = [words for key, _start, _end, words in decision.payload["edits"] if key == case.pk]
        return SentBack(decision.payload["kind"], decision.payload["note"], words[0] if words else "")
    if proposal and proposal.state == Proposal.State.RETURNED and proposal.headline:
        return SentBack(proposal.kind, proposal.note, _passage(case, proposal))
    return None


def _passage(case: Case, proposal: Proposal) -> str:
    if case.spot_start is None or not case.field:
        return ""
    text: str = getattr(proposal, case.field)
    return (canonical_text(text) if case.field == "body" else text)[case.spot_start : case.spot_end]
