"""503 while the database is busy, away or full, 408 for a body that did not come; JSON under /api/, else a page."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from newsroom.api.errors import NON_FIELD, Problem, is_unavailable, problem_response, unavailable_problem
from newsroom.http.rsgi_bridge import ANSWER_SECONDS, BODY_IS_LATE, UNAVAILABLE, WAITED_SECONDS
from newsroom.operations.database_settings import WEB_SECONDS, within


def unavailable_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers what the web server has set aside; leaves the database what remains of five seconds for the rest."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if UNAVAILABLE in request.META:
            return _answer(request, unavailable_problem())
        if BODY_IS_LATE in request.META:
            sentence = _("What you sent did not arrive within ten seconds. Please send it again.")
            return _answer(request, Problem(408, {NON_FIELD: [sentence]}))
        left = ANSWER_SECONDS - request.META.get(WAITED_SECONDS, 0.0)
        if left >= WEB_SECONDS:
            return get_response(request)
        with within(left):
            return get_response(request)

    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: 503 where the site is only busy."""
    error = sys.exc_info()[1]
    if is_unavailable(error):
        response = _answer(request, unavailable_problem(error))
        response._has_been_logged = True  # type: ignore[attr-defined]  # in one line; Django would add a traceback
        return response
    if request.path_info.startswith("/api/"):
        sentence = _("Something went wrong on our side. Please try again later.")
        return problem_response(Problem(500, {NON_FIELD: [sentence]}))
    response = render(request, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return problem_response(problem)
    context = {"sentence": problem.errors[NON_FIELD][0], "typed": _typed(request)}
    response = render(request, "unavailable.html", context, status=problem.status)
    for name, value in {"Cache-Control": "no-store", **(problem.headers or {})}.items():
        response[name] = value
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a reader's form sent, for a button that sends it again; nothing of the desk's, where passwords are typed."""
    if request.method != "POST" or request.path_info.startswith("/admin/") or BODY_IS_LATE in request.META:
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return []
