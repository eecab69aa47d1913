"""The page of the case list, and the number of cases in it."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.abuse.quarantine import held_suggestions
from corrections.admin.presence import VIEW
from corrections.decisions.pending import pending_decisions
from corrections.decisions.rules import PERMISSION
from corrections.desk.case_list import count_waiting, read_list_page
from corrections.desk.facets import COUNT_CAP, facet_counts
from corrections.desk.failed_jobs import read_failed_suggestions, read_set_aside
from corrections.desk.list_params import parse_list_params
from corrections.desk.lists.chosen import Forms, fresh_forms, reasons_in
from corrections.desk.lists.saved import MOST, NameForm, saved_filters
from corrections.desk.search import build_search
from corrections.jobs.failures import retry_set_aside
from corrections.models import Case, Mail
from corrections.triage.pipeline import retry_failed
from newsroom.admin.access import AdminView, editor_of, if_changed

MOST_FAILED = 20


def list_urls(wrap: AdminView) -> list[URLPattern]:
    return [
        path("", wrap(case_list), name="corrections_case_changelist"),
        path("try-again/", wrap(require_POST(failed_again)), name="corrections_failed_again"),
        path("count/", admin.site.admin_view(case_count), name="corrections_case_count"),
    ]


def case_list(request: HttpRequest) -> HttpResponse:
    return list_page(request)


def list_page(request: HttpRequest, *, refused: Forms | None = None, ticked: list[str] | None = None) -> HttpResponse:
    """With `refused`, the forms about the `ticked` cases are shown again with their errors."""
    view = parse_list_params(request.GET, editor_of(request, VIEW))
    search = build_search(view.words) if view.words else None
    page = read_list_page(view, search)
    context: dict[str, Any] = {"title": _("Cases"), "view": view, "page": page, "tally": facet_counts(view, search)}
    context |= {"pending": pending_decisions(view.editor), "has_doubts": Mail.objects.needing_review().exists()}
    context |= {"failed": read_failed_suggestions(MOST_FAILED), "set_aside": read_set_aside(MOST_FAILED)}
    context["held_back"] = bool(held_suggestions(1))
    saved = saved_filters(view.editor)
    context |= {"saved": saved, "name_form": NameForm(), "may_name": len(saved) < MOST}
    if page.rows and view.editor.has_perm(PERMISSION):
        context |= {"chosen": {**fresh_forms(view.editor), **(refused or {})}, "ticked": ticked or []}
        context["reasons"] = reasons_in(row.language for row in page.rows)
    context = {**admin.site.each_context(request), "opts": Case._meta, **context}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return TemplateResponse(request, "corrections/case/list.html", context, status=status)


def failed_again(request: HttpRequest) -> HttpResponse:
    if not editor_of(request, VIEW).has_perm(PERMISSION):
        raise PermissionDenied
    retry_failed()
    retry_set_aside()
    messages.success(request, _("What failed is tried once more."))
    return redirect("admin:corrections_case_changelist")


def case_count(request: HttpRequest) -> HttpResponse:
    """The number of cases in the view; polled, and mostly answered with 304."""
    count = count_waiting(parse_list_params(request.GET, editor_of(request, VIEW)), most=COUNT_CAP)
    return if_changed(request, {"count": count, "most": COUNT_CAP})
