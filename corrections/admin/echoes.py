"""The page of other articles that have a case's mistake too."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from corrections.decisions.rules import PERMISSION
from corrections.desk.actions import KEYS
from corrections.desk.case_page import find_case, read_case_page
from corrections.desk.forms.echoes import Settled, echo_rows, echoes_of, open_ticked, settle_ticked
from corrections.models import Case
from newsroom.admin.access import AdminView, editor_of

VIEW = "corrections.view_case"


def echo_urls(wrap: AdminView) -> list[URLPattern]:
    return [path("<int:pk>/echoes/", wrap(case_echoes), name="corrections_case_echoes")]


def case_echoes(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown as it is by now; what is ticked is decided as it was shown, or not at all."""
    editor = editor_of(request, VIEW)
    case = find_case(pk)
    if case is None:
        raise Http404
    rows = echo_rows(case, echoes_of(case, read_case_page(case, by=editor).variants))
    if request.method == "POST":
        if not editor.has_perm(PERMISSION):
            raise PermissionDenied
        ticked = [row for row in rows if row.ticket in request.POST.getlist("echoes")]
        if request.POST.get("decision") == "open":
            opened = open_ticked(case, ticked)
            messages.success(request, _("Opened as cases: %(number)s.") % {"number": len(opened)})
        else:
            _tell(request, settle_ticked(case, ticked, by=editor))
        return redirect(reverse("admin:corrections_case_echoes", args=[pk]))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "opts": Case._meta,
        "title": _("The same mistake elsewhere"),
        "case": case,
        "rows": rows,
        "is_nav_sidebar_enabled": False,
        "may_decide": editor.has_perm(PERMISSION),
        "keys": KEYS,
    }
    return TemplateResponse(request, "corrections/case/echoes.html", context)


def _tell(request: HttpRequest, settled: Settled) -> None:
    numbers = {"published": settled.published, "proposed": settled.proposed, "left": settled.left}
    told = _("To be published: %(published)s. For a second editor: %(proposed)s. Left for a closer look: %(left)s.")
    messages.success(request, told % numbers)
