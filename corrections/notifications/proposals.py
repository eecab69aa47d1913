"""settings.DESK_PROPOSAL_HOOK: who is told of what becomes of a proposal."""

from django.utils import timezone

from corrections.models import Notification
from corrections.notifications.writing import notify
from newsroom.models import Editor, Proposal
from newsroom.publishing.moves import ProposalStep
from newsroom.publishing.policy import APPROVAL

BACKEND = "newsroom.accounts.permissions.EditorBackend"  # of two, the one that knows permissions
SETTLED = (ProposalStep.APPROVED, ProposalStep.RETURNED)
TOLD_AS = {
    ProposalStep.APPROVED: Notification.Kind.APPROVED,
    ProposalStep.RETURNED: Notification.Kind.SENT_BACK,
    ProposalStep.AMENDED: Notification.Kind.AMENDED,
}


def note_proposal(proposal: Proposal, step: ProposalStep, *, by: Editor | None, proposer: Editor) -> None:
    """In the transaction of the step. `proposer`: before it, as an amendment may give a proposal another one."""
    if step in SETTLED:
        _forget_waiting(proposal)
    if step in TOLD_AS:
        notify(TOLD_AS[step], [proposer], by=by, article=proposal.article, proposal=proposal)
    is_taken_over = step is ProposalStep.AMENDED and proposal.amended_by_id is None
    if step is ProposalStep.PROPOSED or is_taken_over:
        _forget_waiting(proposal)
        others = approvers(but=proposer)
        notify(Notification.Kind.WAITS, others, by=by, article=proposal.article, proposal=proposal)


def approvers(*, but: Editor) -> list[Editor]:
    """Who may approve what `but` proposed; two accounts of one hand are told apart only when they try."""
    return list(Editor.objects.with_perm(APPROVAL, backend=BACKEND).exclude(pk=but.pk).order_by("pk"))


def _forget_waiting(proposal: Proposal) -> None:
    """It waits no longer, or for others."""
    waits = Notification.objects.unread().filter(proposal=proposal, kind=Notification.Kind.WAITS)
    waits.update(read_at=timezone.now(), is_mail_owed=False)
