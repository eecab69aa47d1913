"""Read model of an editor's home: what is theirs to do, then what waits, then what moved."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.decisions.rules import PERMISSION
from corrections.desk.case_list import CaseRow, read_rows
from corrections.desk.filters import ASSIGNEES
from corrections.models import Case, CaseQuerySet, Decision
from newsroom.models import Editor, Proposal, Revision
from newsroom.publishing.policy import APPROVAL

MOST_ROWS = 5
MOST_MOVED = 8
ANSWERED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class HomeSection:
    """Cases of one reason to look; `query` leads to all of them in the list, where a filter can tell them."""

    name: str
    title: Promise
    rows: list[CaseRow]
    query: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """`sections` without empty ones; `moved`: the latest revisions."""

    sections: list[HomeSection]
    moved: list[Revision]
    may_decide: bool


def read_home(editor: Editor) -> HomePage:
    may_decide = editor.has_perm(PERMISSION)
    sections = [*(_own(editor) if may_decide else []), _oldest(editor)]
    moved = Revision.objects.public().select_related("article__current__stored_text", "editor").order_by("-pk")
    return HomePage([section for section in sections if section.rows], list(moved[:MOST_MOVED]), may_decide)


def _own(editor: Editor) -> list[HomeSection]:
    undecided = Case.objects.waiting()
    sent_back = undecided.filter(state=Case.State.OPEN).filter(
        Q(proposal__state=Proposal.State.RETURNED, proposal__proposed_by=editor)
        | Q(decision__state=Decision.State.RETURNED, decision__by=editor)
    )
    consent = undecided.filter(
        proposal__state=Proposal.State.WAITING, proposal__proposed_by=editor, proposal__amended_by__isnull=False
    )
    sections = [
        _section("hands", _("In your hands"), undecided.filter(ASSIGNEES.condition("me", editor)), "hands=me"),
        _section("consent", _("Amended, for your consent"), consent.by_rank()),
        _section("back", _("Sent back to you"), sent_back.by_rank()),
        _section("answers", _("Readers’ answers"), _answered(undecided)),
    ]
    held = Case.objects.filter(state=Case.State.HELD, decision__verb=Decision.Verb.HOLD, decision__by=editor)
    sections.append(_section("held", _("Put on hold by you"), held.order_by("held_until", "pk"), "state=held"))
    if editor.has_perm(APPROVAL):
        second = undecided.filter(state=Case.State.PROPOSED, proposal__amended_by=None)
        second = second.exclude(proposal__proposed_by=editor)
        sections.insert(1, _section("second", _("For your second look"), second.by_rank(), "state=proposed"))
    return sections


def _answered(undecided: CaseQuerySet) -> CaseQuerySet:
    """Open cases that a reader's answer brought back, the latest first."""
    since = timezone.now() - ANSWERED_WITHIN
    answered = undecided.filter(state=Case.State.OPEN, suggestions__replies__sent_at__gt=since)
    return answered.annotate(answered_at=Max("suggestions__replies__sent_at")).order_by("-answered_at", "pk")


def _oldest(editor: Editor) -> HomeSection:
    """Nobody's yet, in the order of the list."""
    free = Case.objects.filter(state=Case.State.OPEN).filter(ASSIGNEES.condition("nobody", editor))
    return _section("oldest", _("First in the list"), free.by_rank(), "hands=nobody")


def _section(name: str, title: Promise, cases: CaseQuerySet, query: str = "") -> HomeSection:
    ordered = cases if cases.query.order_by else cases.by_rank()
    keys = list(ordered.values_list("pk", flat=True)[:MOST_ROWS])
    rows = {row.case.pk: row for row in read_rows(Case.objects.filter(pk__in=keys))} if keys else {}
    return HomeSection(name, title, [rows[key] for key in keys if key in rows], query)
