"""Internal notes: written on the page of a case or an article, blanked there or from the list of those to check."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corrections.decisions.rules import PERMISSION
from corrections.models import Case, InternalNote
from corrections.notes.mentions import colleagues
from corrections.notes.reading import notes_of_article, notes_of_case, notes_to_check
from corrections.notes.writing import NoteRefused, add_note, blank_note, keep_note
from newsroom.admin.access import editor_of
from newsroom.models import Article, Editor

VIEW = "corrections.view_case"


def note_on_case(request: HttpRequest, pk: int) -> HttpResponse:
    editor = _deciding(request)
    case = get_object_or_404(Case.objects.select_related("article"), pk=pk)
    return _add(request, case.article, case, by=editor)


def note_on_article(request: HttpRequest, pk: int) -> HttpResponse:
    editor = _deciding(request)
    return _add(request, get_object_or_404(Article, pk=pk), None, by=editor)


def change_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Blank it, or keep it."""
    editor = _deciding(request)
    note = get_object_or_404(InternalNote.objects.select_related("case", "article"), pk=pk)
    if request.POST.get("decision") == "keep":
        keep_note(note, by=editor)
    elif request.POST.get("decision") == "blank":
        blank_note(note, by=editor)
    if request.POST.get("part"):
        return _part(request, note.article, note.case)
    return redirect(_back(request, _address(note.article, note.case)))


@require_safe
def notes_list(request: HttpRequest) -> HttpResponse:
    """Notes on cases whose readers had their data erased since."""
    editor = editor_of(request, VIEW)
    context = {
        **admin.site.each_context(request),
        "title": _("Internal notes to check"),
        "notes": notes_to_check(),
        "may_decide": editor.has_perm(PERMISSION),
    }
    return TemplateResponse(request, "corrections/notes/to_check.html", context)


@require_safe
def note_colleagues(request: HttpRequest) -> HttpResponse:
    """Who may be mentioned, for static/desk/mentions.js."""
    editor = editor_of(request, VIEW)
    others = [each for each in colleagues() if each.pk != editor.pk]
    return JsonResponse({"colleagues": [{"username": each.username, "name": str(each)} for each in others]})


def _deciding(request: HttpRequest) -> Editor:
    editor = editor_of(request, VIEW)
    if not editor.has_perm(PERMISSION):
        raise PermissionDenied
    return editor


def _add(request: HttpRequest, article: Article, case: Case | None, *, by: Editor) -> HttpResponse:
    """To a script the notes as they are by now; else back to the page."""
    refused = ""
    try:
        add_note(article, by=by, text=request.POST.get("text", ""), case=case)
    except NoteRefused as refusal:
        refused = str(refusal)
    if request.POST.get("part"):
        return _part(request, article, case, refused=refused)
    if refused:
        messages.error(request, refused)
    return redirect(_back(request, _address(article, case)))


def _part(request: HttpRequest, article: Article, case: Case | None, *, refused: str = "") -> HttpResponse:
    """The notes by now, for static/desk/internal_notes.js."""
    notes = notes_of_case(case) if case else notes_of_article(article)
    context = {"notes": notes, "may_write": True, "refused": refused}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "corrections/notes/_list.html", context, status=status)


def _address(article: Article, case: Case | None) -> str:
    if case:
        return reverse("admin:corrections_case_change", args=[case.pk])
    return reverse("admin:newsroom_article_change", args=[article.pk])


def _back(request: HttpRequest, otherwise: str) -> str:
    """The page of the desk where the form stood."""
    asked = request.POST.get("next", "")
    is_ours = asked.startswith("/admin/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else otherwise


def internal_note_urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("admin/notes/", wrap(notes_list), name="desk_notes"),
        path("admin/notes/colleagues/", wrap(note_colleagues), name="desk_note_colleagues"),
        path("admin/notes/case/<int:pk>/", wrap(require_POST(note_on_case)), name="desk_note_on_case"),
        path("admin/notes/article/<int:pk>/", wrap(require_POST(note_on_article)), name="desk_note_on_article"),
        path("admin/notes/<int:pk>/", wrap(require_POST(change_note)), name="desk_note"),
    ]
