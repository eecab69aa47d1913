"""What came back to an editor, so that nobody types it twice: wording, note and kind of the last decision."""

from dataclasses import dataclass

from corrections.models import Case, Decision
from newsroom.diffs.rebasing import rebase_over
from newsroom.models import Proposal, Revision
from newsroom.text.canonical import Wording, canonical_text


@dataclass(frozen=True, slots=True)
class SentBack:
    """`words` are those for the case's passage, `article` the whole article's; one of them is missing."""

    kind: str
    note: str
    words: str
    article: Wording | None


def sent_back(case: Case) -> SentBack | None:
    """Of a decision that could not be carried out, or a proposal that was sent back; None where nothing was."""
    if case.state != Case.State.OPEN:
        return None
    decision, proposal = case.decision, case.proposal
    if decision and decision.state == Decision.State.RETURNED and "edits" in decision.payload:
        payload = decision.payload
        words = [words for key, _start, _end, words in payload["edits"] if key == case.pk]
        article = _article(case, payload["base"], payload["wording"]) if "wording" in payload else None
        return SentBack(payload["kind"], payload["note"], words[0] if words else "", article)
    if proposal and proposal.state == Proposal.State.RETURNED and proposal.headline:
        if case.spot_start is None or not case.field:
            article = carried_over(case, proposal.base, proposal.wording)
            return SentBack(proposal.kind, proposal.note, "", article)
        return SentBack(proposal.kind, proposal.note, _passage(case.spot_start, case, proposal), None)
    return None


def carried_over(case: Case, base: Revision | None, written: Wording) -> Wording:
    """What an editor wrote for the revision `base`, with what was changed elsewhere in the article since."""
    old, stands = base.content if base else None, case.anchored_in.content
    return rebase_over(old.wording, written, stands.wording) if old and stands else written


def _article(case: Case, number: int, written: dict[str, str]) -> Wording:
    base = Revision.objects.select_related("stored_text").filter(article_id=case.article_id, number=number).first()
    return carried_over(case, base, Wording(**written))


def _passage(start: int, case: Case, proposal: Proposal) -> str:
    text: str = getattr(proposal, case.field)
    return (canonical_text(text) if case.field == "body" else text)[start : case.spot_end]
