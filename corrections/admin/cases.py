"""Case admin: the decision page."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.admin.deliveries import DeliveryAdmin
from corrections.admin.echoes import echo_urls
from corrections.admin.home import home_urls
from corrections.admin.lists.case_list import list_urls
from corrections.admin.lists.chosen import chosen_urls
from corrections.admin.lists.saved import saved_urls
from corrections.admin.mails import MailAdmin
from corrections.admin.notes import note_urls
from corrections.admin.presence import VIEW, leave_case, open_elsewhere, presence_urls, to_ask_about
from corrections.admin.quarantine import flood_urls
from corrections.admin.reasons import ReasonAdmin
from corrections.admin.senders import sender_urls
from corrections.admin.statistics import numbers_urls
from corrections.admin.webhooks import HookAdmin
from corrections.decisions.messages import REFUSALS, blamed_field, explain_decision
from corrections.decisions.pending import pending_decisions, undo
from corrections.decisions.rules import PERMISSION
from corrections.desk.actions import ACTIONS, Action
from corrections.desk.case_list import next_case
from corrections.desk.case_page import find_case, read_case_page
from corrections.desk.conflicts import EditConflict, edit_conflict
from corrections.desk.flag_labels import ALONE, flag_labels
from corrections.desk.forms.base import DecisionForm
from corrections.desk.forms.echoes import echoes_of
from corrections.desk.forms.factory import forms_for, with_refused
from corrections.desk.forms.revision import UnconfirmedWarnings
from corrections.desk.forms.widening import parse_width
from corrections.desk.list_params import ListParams, parse_list_params
from corrections.models import Case, Decision, Delivery, Hook, Mail, Reason
from corrections.notifications.writing import mark_case_read
from corrections.triage.reanchoring import reanchor_article
from newsroom.admin.access import editor_of
from newsroom.admin.lookups import StrictLookups
from newsroom.models import Editor, WordsWithheld
from newsroom.publishing.moves import ProposalMoved
from newsroom.publishing.policy import POLICY, NotPermitted
from newsroom.publishing.publish import AlreadyDecided, StaleRevision

SECOND_EDITOR_KINDS = " ".join(kind.value for kind, rule in POLICY.items() if rule.second_editor)

admin.site.register(Hook, HookAdmin)
admin.site.register(Delivery, DeliveryAdmin)
admin.site.register(Mail, MailAdmin)
admin.site.register(Reason, ReasonAdmin)


@admin.register(Case)
class CaseAdmin(StrictLookups, admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own class takes no parameter when it runs
    """Cases come from readers and are settled by decisions: nothing is added, edited or deleted as a row."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", wrap(self.case_detail), name="corrections_case_change"),
            path("undo/<int:pk>/", wrap(require_POST(self.decision_undo)), name="corrections_decision_undo"),
            *list_urls(wrap),
            *chosen_urls(wrap),
            *saved_urls(wrap),
            *echo_urls(wrap),
            *note_urls(wrap),
            *presence_urls(wrap),
            *numbers_urls(wrap),
            *sender_urls(wrap),
            *flood_urls(wrap),
            *home_urls(wrap),
        ]

    def case_detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, VIEW)
        case = _current_case(pk)
        if request.method != "POST":
            mark_case_read(pk, editor)
            return self._page(request, case, by=editor)
        if not editor.has_perm(PERMISSION):
            raise PermissionDenied
        action = ACTIONS.get(request.POST.get("decision", ""))
        if action is None:
            return HttpResponseBadRequest(_("There is no such decision."))
        return self._decide(request, action, action.make_form(case, request.POST, by=editor), by=editor)

    def decision_undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, VIEW)
        decision = Decision.objects.filter(pk=pk, by=editor).first()
        if decision is None:
            raise Http404
        try:
            cases = undo(decision, by=editor)
        except AlreadyDecided:
            messages.error(request, _("Too late: the decision was carried out."))
            return redirect("admin:corrections_case_changelist")
        if decision.batch:
            messages.success(request, _("Undone. The cases are as they were before you decided."))
            return redirect("admin:corrections_case_changelist")
        messages.success(request, _("Undone. The case is as it was before you decided."))
        return redirect(_address(cases[0], parse_list_params(request.GET, editor)))

    def _decide(self, request: HttpRequest, action: Action, form: DecisionForm, *, by: Editor) -> HttpResponse:
        try:
            form.refuse_overtaken()
            if form.is_valid():
                if action.verb and (others := to_ask_about(form.case, verb=action.verb, by=by)):
                    return self._page(request, form.case, by=by, slot=action.slot, refused=form, beside=others)
                if message := action.perform(form, by=by):
                    messages.success(request, message)
                return self._onward(request, form.case, by=by, moves_on=bool(action.verb))
        except NotPermitted as refusal:
            raise PermissionDenied(explain_decision(refusal)) from refusal
        except (StaleRevision, AlreadyDecided, ProposalMoved, WordsWithheld) as refusal:
            return self._overtaken(request, form, refusal, by=by)
        except UnconfirmedWarnings as flagged:
            return self._page(request, form.case, by=by, slot=action.slot, refused=form, confirm=flagged.flags)
        except REFUSALS as refusal:
            form.add_error(blamed_field(refusal, form.blamed), explain_decision(refusal))
        return self._page(request, form.case, by=by, slot=action.slot, refused=form)

    def _onward(self, request: HttpRequest, case: Case, *, by: Editor, moves_on: bool) -> HttpResponse:
        """Redirect to the next case of the view, or to the list after the last."""
        view = parse_list_params(request.GET, by)
        if moves_on:
            leave_case(case, by=by)
        following = next_case(view, case) if moves_on else case
        if following is None:
            messages.success(request, _("That was the last case of this view."))
            return redirect(f"{reverse('admin:corrections_case_changelist')}?{view.query}".rstrip("?"))
        return redirect(_address(following, view))

    def _overtaken(self, request: HttpRequest, form: DecisionForm, refusal: Exception, *, by: Editor) -> HttpResponse:
        """409 without writing anything: shows the conflicting change and keeps the editor's input."""
        case = _current_case(form.case.pk)
        typed = list(form.typed_by_label().items())
        return self._page(request, case, by=by, sent=form, overtaken=edit_conflict(refusal, case, typed=typed, by=by))

    def _page(
        self,
        request: HttpRequest,
        case: Case,
        *,
        by: Editor,
        slot: str = "",
        refused: DecisionForm | None = None,
        sent: DecisionForm | None = None,
        overtaken: EditConflict | None = None,
        confirm: list[str] | None = None,
        beside: list[Editor] | None = None,
    ) -> HttpResponse:
        page = read_case_page(case, by=by)
        view = parse_list_params(request.GET, by)
        forms = forms_for(
            case,
            page.variants,
            by=by,
            whole={"0": False, "1": True}.get(request.GET.get("whole", "")),
            width=parse_width(request.GET.get("width", "")),
            sent=sent,
        )
        context = {
            "title": page.headline,
            "page": page,
            "case": case,
            "view": view,
            "skip": next_case(view, case),
            "pending": pending_decisions(by)[:1],
            "forms": with_refused(forms, slot, refused) if refused else forms,
            "refused": refused,
            "confirm": flag_labels(confirm or []),
            "beside": beside,
            "others_here": open_elsewhere(case, by=by),
            "overtaken": overtaken,
            "echoes": echoes_of(case, page.variants),
            "second_editor_kinds": SECOND_EDITOR_KINDS,
            "kinds_alone": ALONE,
            "is_nav_sidebar_enabled": False,
        }
        status = HTTPStatus.CONFLICT if overtaken else HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return self._answer(request, "corrections/case/detail.html", context, status=status)

    def _answer(
        self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.model._meta, **context}
        return TemplateResponse(request, template, context, status=status)


def _current_case(pk: int) -> Case:
    """The case, reanchored to the current revision if the worker has not done so yet."""
    case = find_case(pk)
    if case and case.is_open and case.anchored_in_id != case.article.current_id:
        reanchor_article(case.article)
        case = find_case(pk)
    if case is None:
        raise Http404
    return case


def _address(case: Case, view: ListParams) -> str:
    address = reverse("admin:corrections_case_change", args=[case.pk])
    return f"{address}?{view.query}" if view.query else address
