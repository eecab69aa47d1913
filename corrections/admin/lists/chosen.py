"""Decisions about the cases chosen in the list, and undoing all that can still be undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corrections.admin.lists.case_list import list_page
from corrections.admin.presence import VIEW
from corrections.decisions.pending import pending_decisions, undo
from corrections.decisions.rules import PERMISSION
from corrections.desk.list_params import parse_list_params
from corrections.desk.lists.chosen import MOST, NAMES, Left, chosen_cases, common_form, decide_chosen
from newsroom.admin.access import AdminView, editor_of
from newsroom.publishing.publish import AlreadyDecided


def chosen_urls(wrap: AdminView) -> list[URLPattern]:
    return [
        path("chosen/", wrap(require_POST(decide)), name="corrections_chosen"),
        path("undo/", wrap(require_POST(undo_all)), name="corrections_undo_all"),
    ]


def decide(request: HttpRequest) -> HttpResponse:
    """Nothing is decided where the form about all of them is wrong; what one case refuses is told."""
    editor = editor_of(request, VIEW)
    if not editor.has_perm(PERMISSION):
        raise PermissionDenied
    name, tickets = request.POST.get("decision", ""), request.POST.getlist("cases")
    if name not in NAMES:
        return HttpResponseBadRequest(_("There is no such decision."))
    data = request.POST.dict()
    form = common_form(name, data, by=editor)
    if not form.is_valid():
        return list_page(request, refused={name: form}, ticked=tickets)
    outcome = decide_chosen(name, chosen_cases(tickets), data, by=editor)
    if name == "claim" and outcome.decided:
        messages.success(request, _("Yours for 15 minutes: %(number)s.") % {"number": len(outcome.decided)})
    if outcome.left:
        messages.warning(request, _named(outcome.left))
    if len(tickets) > MOST:
        messages.warning(
            request, _("At most %(number)s cases at once: the others are as they were.") % {"number": MOST}
        )
    if not tickets:
        messages.warning(request, _("Choose at least one case."))
    return _back(request)


def undo_all(request: HttpRequest) -> HttpResponse:
    """Each decision by itself, as some may have been carried out by now."""
    editor = editor_of(request, VIEW)
    undone = late = 0
    for pending in pending_decisions(editor):
        try:
            undone += len(undo(pending.decision, by=editor))
        except AlreadyDecided:
            late += pending.cases
    if undone:
        told = ngettext("Undone: %(number)s case.", "Undone: %(number)s cases.", undone)
        messages.success(request, told % {"number": undone})
    if late or not undone:
        messages.error(request, _("Too late: the decision was carried out."))
    return _back(request)


def _named(left: list[Left]) -> str:
    rows = format_html_join(
        "",
        '<li><a href="{}">{}</a> <bdi>{}</bdi>: {}</li>',
        (
            (
                reverse("admin:corrections_case_change", args=[each.case.pk]),
                _("Case %(number)s") % {"number": each.case.pk},
                each.case.exact[:60] or each.case.get_category_display(),
                each.reason,
            )
            for each in left
        ),
    )
    return format_html("{}<ul>{}</ul>", _("Not decided; these are as they were:"), rows)


def _back(request: HttpRequest) -> HttpResponse:
    view = parse_list_params(request.GET, editor_of(request, VIEW))
    return redirect(f"{reverse('admin:corrections_case_changelist')}?{view.query}".rstrip("?"))
