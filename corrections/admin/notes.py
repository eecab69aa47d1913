"""The note that fits a case's form while it is being filled in, for static/shared/written_note.js."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from corrections.decisions.rules import PERMISSION
from corrections.desk.case_page import find_case
from corrections.desk.forms.amendment import AmendForm
from corrections.desk.forms.bulk import SeveralForm
from corrections.desk.forms.revision import ArticleForm, PassageForm, RevisionForm
from corrections.models import Case
from newsroom.admin.access import AdminView, editor_of
from newsroom.models import Editor
from newsroom.publishing.publish import AlreadyDecided, StaleRevision

VIEW = "corrections.view_case"


def note_urls(wrap: AdminView) -> list[URLPattern]:
    return [path("<int:pk>/note/<slug:slot>/", wrap(require_POST(case_note)), name="corrections_case_note")]


def case_note(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    editor = editor_of(request, VIEW)
    if not editor.has_perm(PERMISSION):
        raise PermissionDenied
    case = find_case(pk)
    if case is None or slot not in SLOTS:
        raise Http404
    form = SLOTS[slot](case, request, editor)
    try:
        form.refuse_overtaken()
    except (StaleRevision, AlreadyDecided):
        return JsonResponse({}, status=HTTPStatus.CONFLICT)  # said by the page once the form is sent
    return JsonResponse({"note": form.note_by_now()})


def _passage(case: Case, request: HttpRequest, by: Editor) -> RevisionForm:
    form = PassageForm(case, request.POST, by=by)
    return (
        PassageForm(case, request.POST, by=by, own=True)
        if form.has_own_words() or not form.data.get("chosen")
        else form
    )


def _article(case: Case, request: HttpRequest, by: Editor) -> RevisionForm:
    return ArticleForm(case, request.POST, by=by)


def _several(case: Case, request: HttpRequest, by: Editor) -> RevisionForm:
    return SeveralForm(case, request.POST, by=by)


def _amend(case: Case, request: HttpRequest, by: Editor) -> AmendForm:
    return AmendForm(case, request.POST, by=by)


SLOTS: dict[str, Callable[[Case, HttpRequest, Editor], RevisionForm | AmendForm]] = {
    "passage": _passage,
    "article": _article,
    "several": _several,
    "amend": _amend,
}
