"""Home of the desk at /admin/, and the answers to Ctrl + K."""

from dataclasses import asdict
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.decisions.pending import pending_decisions
from corrections.desk.home.jump import find_targets
from corrections.desk.home.oversight import latest_acts, read_oversight
from corrections.desk.home.page import read_home
from corrections.desk.home.tour import is_tour_on, put_tour_away
from newsroom.admin.access import AdminView, editor_of
from newsroom.models import Editor

VIEW, NUMBERS, ACTS = "corrections.view_case", "corrections.view_numbers", "newsroom.view_act"


def home(request: HttpRequest) -> HttpResponse:
    """An editor's own; Django's index for whoever may not see cases."""
    editor = request.user
    if not isinstance(editor, Editor) or not editor.has_perm(VIEW):
        return admin.site.index(request)
    page = read_home(editor)
    context: dict[str, Any] = {"title": _("Home"), "page": page, "pending": pending_decisions(editor)}
    context["has_tour"] = page.may_decide and is_tour_on(editor, request.session)
    if editor.has_perm(NUMBERS):
        context["oversight"] = read_oversight()
    if editor.has_perm(ACTS) and not page.may_decide:
        context["acts"] = latest_acts()
    return TemplateResponse(request, "corrections/desk/home.html", {**admin.site.each_context(request), **context})


@require_POST
def end_tour(request: HttpRequest) -> HttpResponse:
    editor_of(request, VIEW)
    put_tour_away(request.session)
    return redirect("desk_home")


def jump(request: HttpRequest) -> HttpResponse:
    """Where Ctrl + K may lead, as JSON."""
    found = find_targets(request.GET.get("q", ""), by=editor_of(request, VIEW))
    return JsonResponse({"targets": [asdict(target) for target in found]})


def home_urls(wrap: AdminView) -> list[URLPattern]:
    return [path("jump/", wrap(jump), name="corrections_jump")]
