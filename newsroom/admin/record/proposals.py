"""Admin of proposals: a second editor sees the diff, and approves exactly that or returns it."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from newsroom.admin.access import ReadOnly, editor_of, note_opened, render_page
from newsroom.admin.articles.draft_page import as_text
from newsroom.admin.articles.forms import ReturnForm
from newsroom.admin.record.forms import AmendForm
from newsroom.diffs.words import Piece, word_diff
from newsroom.models import Editor, Proposal, Refused
from newsroom.publishing.amendments import amend_proposal
from newsroom.publishing.drafts import PERMISSION as DRAFTING
from newsroom.publishing.drafts import StaleDraft, reopen_proposal
from newsroom.publishing.messages import explain, why_barred
from newsroom.publishing.moves import ProposalMoved, Seen, is_overtaken, move_overtaken
from newsroom.publishing.policy import APPROVAL, PERMISSION, RETRACTION, NotPermitted
from newsroom.publishing.proposals import (
    approve_proposal,
    consent_to_amendment,
    return_proposal,
)
from newsroom.publishing.publish import AlreadyDecided, StaleRevision
from newsroom.record.comparison import Comparison, compare
from newsroom.record.queries import content_of
from newsroom.text.canonical import Wording

VIEW = "newsroom.view_proposal"
LIST = "admin:newsroom_proposal_changelist"
PAGE_SIZE = 50
TABS: tuple[tuple[Proposal.State, str | Promise], ...] = (
    (Proposal.State.WAITING, gettext_lazy("Waiting")),
    (Proposal.State.RETURNED, gettext_lazy("Sent back")),
    (Proposal.State.APPROVED, gettext_lazy("Approved")),
)
AMENDING = ("amend", "amend-for-third")
NEED_A_FORM = ("return", *AMENDING)
EMPTY_WORDING = Wording(headline="", standfirst="", byline="", body="")


@dataclass(frozen=True, slots=True)
class ProposalDiff:
    """A proposal's diff; `markup` is the diff of the body's HTML. None where the base is withheld."""

    comparison: Comparison | None
    markup: list[Piece] | None


def _approve(proposal: Proposal, form: ReturnForm, by: Editor) -> tuple[str, str]:
    revision = approve_proposal(proposal, by=by, seen=_seen(form))
    if revision is None:
        return _("Approved and handed over. It is published once its own site shows the words."), reverse(LIST)
    told = _('Approved and published: <a href="{address}">version {number}</a>.')
    published = format_html(told, address=revision.get_absolute_url(), number=revision.number)
    return published, reverse(LIST)


def _seen(form: forms.Form) -> Seen:
    base = form.data.get("base", "")
    return Seen(
        form.data.get("digest", ""), int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else None
    )


def _consent(proposal: Proposal, form: ReturnForm, by: Editor) -> tuple[str, str]:
    revision = consent_to_amendment(proposal, by=by, seen=_seen(form))
    if revision is None:
        return _("Handed over. It is published once its own site shows the words."), reverse(LIST)
    told = _('Published: <a href="{address}">version {number}</a>.')
    return format_html(told, address=revision.get_absolute_url(), number=revision.number), reverse(LIST)


def _amend(proposal: Proposal, form: AmendForm, by: Editor) -> tuple[str, str]:
    amend_proposal(proposal, by=by, seen=_seen(form), asks_consent=True, **form.amended())
    return _("Amended. It waits for the consent of the editor who proposed it."), reverse(LIST)


def _amend_for_third(proposal: Proposal, form: AmendForm, by: Editor) -> tuple[str, str]:
    amend_proposal(proposal, by=by, seen=_seen(form), asks_consent=False, **form.amended())
    return _("Amended. It waits for a third editor."), reverse(LIST)


def _return(proposal: Proposal, form: ReturnForm, by: Editor) -> tuple[str, str]:
    return_proposal(proposal, by=by, reason=form.cleaned_data["reason"])
    return _("Sent back, with your reason."), reverse(LIST)


def _take_up(proposal: Proposal, form: ReturnForm, by: Editor) -> tuple[str, str]:
    draft = reopen_proposal(proposal, by=by)
    return _("The proposal is a draft again."), reverse("admin:newsroom_article_change", args=[draft.article_id])


DECISIONS: dict[str, Callable[[Proposal, Any, Editor], tuple[str, str]]] = {
    "approve": _approve,
    "consent": _consent,
    "amend": _amend,
    "amend-for-third": _amend_for_third,
    "return": _return,
    "take-up": _take_up,
}


@admin.register(Proposal)
class ProposalAdmin(ReadOnly, admin.ModelAdmin[Proposal]):
    """Proposals are made on the pages of articles and cases, and decided here."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.proposal_list), name="newsroom_proposal_changelist"),
            path("<int:pk>/change/", wrap(self.proposal_detail), name="newsroom_proposal_change"),
            path("<int:pk>/note/", wrap(require_POST(self.note_view)), name="newsroom_proposal_note"),
        ]

    def proposal_list(self, request: HttpRequest) -> HttpResponse:
        """Waiting ones oldest first, decided ones newest first."""
        editor_of(request, VIEW)
        state = next((state for state, _label in TABS if state == request.GET.get("state")), Proposal.State.WAITING)
        proposals = Proposal.objects.filter(state=state).select_related("article", "proposed_by", "decided_by")
        order = "pk" if state == Proposal.State.WAITING else "-pk"
        page = Paginator(proposals.defer("body").order_by(order), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "title": _("Proposals"),
            "tabs": TABS,
            "state": state,
            "page": page,
        }
        return render_page(request, self, "newsroom/proposal/list.html", context)

    def proposal_detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, VIEW)
        proposal = _get_proposal(pk)
        if request.method != "POST":
            note_opened(proposal, by=editor)
            return self._page(request, proposal, by=editor)
        decision = request.POST.get("decision", "")
        if decision not in DECISIONS:
            return HttpResponseBadRequest(_("There is no such button."))
        form = self._form(decision, proposal, request, by=editor)
        if decision in NEED_A_FORM and not form.is_valid():
            return self._page(request, proposal, by=editor, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self._decide(request, proposal, form, DECISIONS[decision], by=editor)

    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public note that fits the amendment by now, for static/desk/written_note.js."""
        editor = editor_of(request, APPROVAL)
        form = AmendForm(_get_proposal(pk), request.POST, may_retract=editor.has_perm(RETRACTION))
        return JsonResponse({"note": form.note_by_now()})

    def _form(self, decision: str, proposal: Proposal, request: HttpRequest, *, by: Editor) -> forms.Form:
        if decision in AMENDING:
            return AmendForm(proposal, request.POST, may_retract=by.has_perm(RETRACTION))
        return ReturnForm(request.POST)

    def _decide(
        self, request: HttpRequest, proposal: Proposal, form: forms.Form, carry_out: Callable[..., Any], *, by: Editor
    ) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            told, address = carry_out(proposal, form, by)
        except NotPermitted as refusal:
            raise PermissionDenied(explain(refusal)) from refusal
        except StaleDraft:
            told = _("The article has a draft already; publish or discard that one first.")
        except (StaleRevision, AlreadyDecided, ProposalMoved) as refusal:
            told, status = explain(refusal), HTTPStatus.CONFLICT
        except Refused as refusal:
            told = explain(refusal)
        else:
            messages.success(request, told)
            return redirect(address)
        return self._page(request, _get_proposal(proposal.pk), by=by, form=form, told=told, status=status)

    def _page(
        self,
        request: HttpRequest,
        proposal: Proposal,
        *,
        by: Editor,
        form: forms.Form | None = None,
        told: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        waits = proposal.state == Proposal.State.WAITING
        is_own = proposal.proposed_by_id == by.pk
        is_second = waits and not is_own and by.has_perm(APPROVAL)
        barred = why_barred(proposal, by=by) if is_second else ""
        amend = form if isinstance(form, AmendForm) else AmendForm(proposal, may_retract=by.has_perm(RETRACTION))
        context = {
            "title": proposal.headline,
            "proposal": proposal,
            "laid": _diff_of(proposal),
            "before": proposal.amendments.select_related("amended_by").last(),
            "form": form if isinstance(form, ReturnForm) else ReturnForm(),
            "amend": amend if is_second and not barred else None,
            "told": told,
            "is_own": is_own,
            "may_approve": is_second and not barred and proposal.amended_by is None,
            "may_consent": waits and is_own and proposal.amended_by is not None,
            "barred": barred,
            "may_return": waits and by.has_perm(PERMISSION),
            "may_take_up": proposal.state == Proposal.State.RETURNED and by.has_perm(DRAFTING),
        }
        return render_page(request, self, "newsroom/proposal/detail.html", context, status=status)


def _get_proposal(pk: int) -> Proposal:
    known = ("article__current__stored_text", "article__current__article", "base__stored_text", "base__article")
    people = ("proposed_by", "decided_by", "amended_by", "revision__article")
    rows = Proposal.objects.select_related(*known, *people)
    proposal = get_object_or_404(rows, pk=pk)
    # If the dispatcher has not done so yet.
    return rows.get(pk=pk) if is_overtaken(proposal) and move_overtaken(proposal) else proposal


def _diff_of(proposal: Proposal) -> ProposalDiff:
    old = content_of(proposal.base) if proposal.base else as_text(EMPTY_WORDING)
    if old is None:
        return ProposalDiff(None, None)
    new = as_text(proposal.wording)
    return ProposalDiff(compare(old, new), word_diff(old.body, new.body) if old.body != new.body else None)
