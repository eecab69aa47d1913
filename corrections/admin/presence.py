"""Presence at the desk: a case's page beats, so that who has it open is seen, skipped and asked about."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from corrections.models import Case, Decision
from newsroom.admin.access import editor_of
from newsroom.models import Editor
from newsroom.presence.editors import Subject, ask_once, mark_absent, mark_present, others_present

VIEW = "corrections.view_case"


def presence_urls(wrap: Callable[[Any], Any]) -> list[URLPattern]:
    return [path("<int:pk>/presence/", wrap(require_POST(case_presence)), name="corrections_case_presence")]


def case_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """A heartbeat of a case's page, or its end with `leave`: {others}, the names of who else has it open."""
    editor, subject = editor_of(request, VIEW), Subject("case", pk)
    if request.POST.get("leave"):
        mark_absent(subject, editor)
        return HttpResponse(status=204)
    mark_present(subject, editor)
    return JsonResponse({"others": [str(other) for other in others_present(subject, editor)]})


def open_elsewhere(case: Case, *, by: Editor) -> list[Editor]:
    """Who else has the case open; the editor is seen once their page beats."""
    return others_present(Subject("case", case.pk), by)


def leave_case(case: Case, *, by: Editor) -> None:
    """The editor has decided it and goes on."""
    mark_absent(Subject("case", case.pk), by)


def to_ask_about(case: Case, *, verb: str, by: Editor) -> list[Editor]:
    """Who else has the case open or was given it, where the editor was not yet asked whether to decide it anyway.

    Whoever hands over a case that is with another means just that.
    """
    subject = Subject("case", case.pk)
    others = others_present(subject, by)
    is_open = case.state == Case.State.OPEN and verb != Decision.Verb.ASSIGN
    if is_open and case.is_in_hand and case.assignee and case.assignee not in (by, *others):
        others.append(case.assignee)
    return others if others and ask_once(subject, by) else []
