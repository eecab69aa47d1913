"""The desk in the admin: the list of cases, and the page on which an editor decides one."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _

from corrections.decision import (
    PERMISSION,
    approve_cases,
    decline_case,
    propose_cases,
    publish_cases,
    return_cases,
)
from corrections.desk import find_case, read_case_page
from corrections.forms import (
    ApproveForm,
    ArticleForm,
    DecisionForm,
    DeclineForm,
    PassageForm,
    ReturnForm,
)
from corrections.models import Case
from corrections.offering import forms_for, with_refused
from corrections.overtaken import Overtaken, overtaken_by
from corrections.queue import PLACES, TABS, read_page
from corrections.reanchoring import reanchor_article
from corrections.refusals import REFUSALS, blamed_field, explain_decision
from newsroom.models import Editor, Kind
from newsroom.policy import POLICY
from newsroom.publishing import AlreadyDecided, NotPermitted, StaleRevision

VIEW = "corrections.view_case"
MAX_PAGE = 1000  # nobody reads further, and every page before it has to be passed over
SECOND_EDITOR_KINDS = " ".join(kind.value for kind, rule in POLICY.items() if rule.second_editor)


# Doors to the verbs: each takes a valid form and answers with what the editor is told. --------------------------------
def _publish(form: PassageForm | ArticleForm, by: Editor) -> str:
    revision = publish_cases(
        [form.case],
        by=by,
        base=form.base_revision,
        composed=form.composed(),
        kind=Kind(form.cleaned_data["kind"]),
        note=form.cleaned_data["note"],
    )
    return format_html(_('Published: <a href="{}">revision {}</a>.'), revision.get_absolute_url(), revision.number)


def _propose(form: PassageForm | ArticleForm, by: Editor) -> str:
    propose_cases(
        [form.case],
        by=by,
        base=form.base_revision,
        composed=form.composed(),
        kind=Kind(form.cleaned_data["kind"]),
        note=form.cleaned_data["note"],
    )
    return _("The case waits for a second editor.")


def _decline(form: DecisionForm, by: Editor) -> str:
    decline_case(form.case, by=by, reason=form.cleaned_data["reason"])
    return _("Declined. The readers see your reason.")


def _approve(form: DecisionForm, by: Editor) -> str:
    if form.case.proposal is None:
        raise AlreadyDecided
    revision = approve_cases(form.case.proposal, by=by, digest=form.cleaned_data["digest"])
    return format_html(
        _('Approved and published: <a href="{}">revision {}</a>.'), revision.get_absolute_url(), revision.number
    )


def _return(form: DecisionForm, by: Editor) -> str:
    if form.case.proposal is None:
        raise AlreadyDecided
    return_cases(form.case.proposal, by=by, reason=form.cleaned_data["reason"])
    return _("Sent back. The case is open again.")


# What the buttons of the page are called, the form that each sends, and the verb behind it.
DECISIONS: dict[str, tuple[Callable[..., Any], Callable[[Any, Editor], str]]] = {
    "publish": (PassageForm, _publish),
    "propose": (PassageForm, _propose),
    "edit": (partial(PassageForm, own=True), _publish),
    "propose-edit": (partial(PassageForm, own=True), _propose),
    "edit-article": (ArticleForm, _publish),
    "propose-article": (ArticleForm, _propose),
    "decline": (DeclineForm, _decline),
    "approve": (ApproveForm, _approve),
    "return": (ReturnForm, _return),
}


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own class takes no parameter when it runs
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
            path("", wrap(self.case_list), name="corrections_case_changelist"),
            path("<int:pk>/change/", wrap(self.case_detail), name="corrections_case_change"),
        ]

    def case_list(self, request: HttpRequest) -> HttpResponse:
        _viewer(request)
        tab = next((tab for tab in TABS if tab.name == request.GET.get("state")), TABS[0])
        place = next((place for place in PLACES if place.name == request.GET.get("place")), PLACES[0])
        article = request.GET.get("article", "")
        number = _page_number(request.GET.get("page", ""))
        rows, has_next = read_page(tab, place=place, article=article, number=number)
        context = {"tabs": TABS, "tab": tab, "places": PLACES, "place": place, "article": article}
        context |= {"rows": rows, "number": number, "has_next": has_next}
        return self._answer(request, "corrections/case_list.html", {"title": _("Cases"), **context})

    def case_detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = _viewer(request)
        case = _current_case(pk)
        if request.method != "POST":
            return self._page(request, case, by=editor)
        if not editor.has_perm(PERMISSION):
            raise PermissionDenied
        if request.POST.get("decision") not in DECISIONS:
            return HttpResponseBadRequest(_("There is no such decision."))
        make_form, carry_out = DECISIONS[request.POST["decision"]]
        return self._decide(request, make_form(case, request.POST, by=editor), carry_out, by=editor)

    def _decide(
        self, request: HttpRequest, form: DecisionForm, carry_out: Callable[[Any, Editor], str], *, by: Editor
    ) -> HttpResponse:
        try:
            form.refuse_overtaken()
            if form.is_valid():
                messages.success(request, carry_out(form, by))
                return redirect("admin:corrections_case_changelist")
        except NotPermitted as refusal:
            raise PermissionDenied(explain_decision(refusal)) from refusal
        except (StaleRevision, AlreadyDecided) as refusal:
            return self._overtaken(request, form, refusal, by=by)
        except REFUSALS as refusal:
            form.add_error(blamed_field(refusal, form.blamed), explain_decision(refusal))
        return self._page(request, form.case, by=by, refused=form)

    def _overtaken(self, request: HttpRequest, form: DecisionForm, refusal: Exception, *, by: Editor) -> HttpResponse:
        """Nothing was written: the editor sees what happened meanwhile, and has their typing still."""
        case = _current_case(form.case.pk)
        typed = [(str(form.fields[name].label), text) for name, text in form.typed().items()]
        return self._page(request, case, by=by, sent=form, overtaken=overtaken_by(refusal, case, typed=typed))

    def _page(
        self,
        request: HttpRequest,
        case: Case,
        *,
        by: Editor,
        refused: DecisionForm | None = None,
        sent: DecisionForm | None = None,
        overtaken: Overtaken | None = None,
    ) -> HttpResponse:
        page = read_case_page(case, by=by)
        forms = forms_for(case, page.variants, by=by, whole="whole" in request.GET, sent=sent)
        context = {
            "title": page.revision.content.headline,
            "page": page,
            "case": case,
            "forms": with_refused(forms, refused) if refused else forms,
            "refused": refused,
            "overtaken": overtaken,
            "second_editor_kinds": SECOND_EDITOR_KINDS,
        }
        status = HTTPStatus.CONFLICT if overtaken else HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return self._answer(request, "corrections/case_detail.html", context, status=status)

    def _answer(
        self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.model._meta, **context}
        return TemplateResponse(request, template, context, status=status)


def _viewer(request: HttpRequest) -> Editor:
    if not isinstance(request.user, Editor) or not request.user.has_perm(VIEW):
        raise PermissionDenied
    return request.user


def _current_case(pk: int) -> Case:
    """The case, moved to the current revision at once where the queue has not done so yet."""
    case = find_case(pk)
    if case and case.is_open and case.anchored_in_id != case.article.current_id:
        reanchor_article(case.article)
        case = find_case(pk)
    if case is None:
        raise Http404
    return case


def _page_number(typed: str) -> int:
    return min(max(int(typed), 1), MAX_PAGE) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1
