"""An editor names a list of cases, or takes the name away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.admin.presence import VIEW
from corrections.desk.list_params import parse_list_params
from corrections.desk.lists.saved import MOST, NameForm, save_filter
from corrections.models import SavedFilter
from newsroom.admin.access import AdminView, editor_of


def saved_urls(wrap: AdminView) -> list[URLPattern]:
    return [
        path("lists/", wrap(require_POST(name_list)), name="corrections_name_list"),
        path("lists/<int:pk>/remove/", wrap(require_POST(remove_list)), name="corrections_remove_list"),
    ]


def name_list(request: HttpRequest) -> HttpResponse:
    """The list of the address's filters."""
    editor = editor_of(request, VIEW)
    view, form = parse_list_params(request.GET, editor), NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the list a name of at most 60 letters."))
    elif save_filter(editor, form.cleaned_data["name"], view.query):
        messages.success(request, _("Saved. Only you see it."))
    else:
        messages.error(request, _("You have %(number)s lists already; remove one first.") % {"number": MOST})
    return redirect(f"{reverse('admin:corrections_case_changelist')}?{view.query}".rstrip("?"))


def remove_list(request: HttpRequest, pk: int) -> HttpResponse:
    editor = editor_of(request, VIEW)
    gone, _rows = SavedFilter.objects.filter(editor=editor, pk=pk).delete()
    if not gone:
        raise Http404
    view = parse_list_params(request.GET, editor)
    return redirect(f"{reverse('admin:corrections_case_changelist')}?{view.query}".rstrip("?"))
