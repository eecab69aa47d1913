"""Make notifications, in the transaction of what they tell, and mark them as read."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from corrections.models import Case, Notification
from newsroom.models import Article, Editor, Proposal


def notify(
    kind: Notification.Kind,
    recipients: Iterable[Editor | None],
    *,
    by: Editor | None,
    article: Article,
    case: Case | None = None,
    proposal: Proposal | None = None,
) -> None:
    """Tell each of them once, but never of their own doing. `by`: None for a reader, or where nobody did it."""
    own = by.pk if by else None
    chosen = {editor.pk: editor for editor in recipients if editor and editor.is_active and editor.pk != own}
    told = {"kind": kind, "article": article, "case": case, "proposal": proposal, "by": by, "made_at": timezone.now()}
    rows = [
        Notification(
            recipient=editor,
            is_first=place == 0,
            is_mail_owed=editor.email != "" and editor.notified_by_mail == Editor.Notified.AT_ONCE,
            **told,
        )
        for place, editor in enumerate(chosen.values())
    ]
    if rows:
        Notification.objects.bulk_create(rows)


def mark_read(editor: Editor, about: Q) -> None:
    """Those of the editor's that `about` finds; a mail that is still owed for them is not sent."""
    unread = Notification.objects.unread().filter(about, recipient=editor)
    unread.update(read_at=timezone.now(), is_mail_owed=False)


def mark_page_read(page: Article | Proposal, editor: Editor) -> None:
    """The editor opens the page of an article or of a proposal, to which notifications led that are about no case."""
    about = Q(proposal=page) if isinstance(page, Proposal) else Q(article=page, case=None, proposal=None)
    mark_read(editor, about)


def mark_case_read(case_pk: int, editor: Editor) -> None:
    """The editor opens the case's page: what comes while it is open stays new."""
    mark_read(editor, Q(case=case_pk) | Q(proposal__in=Case.objects.filter(pk=case_pk).values("proposal")))
