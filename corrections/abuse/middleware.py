"""Counts the refused requests of each sender at the readers' doors, and closes the door when they are too many."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import ngettext

from corrections.abuse.rate_limits import TooMany, note_refusal
from corrections.abuse.senders import sender_hash
from newsroom.api.errors import WHOLE, Problem, problem_response
from newsroom.http.client_address import client_address

API = "/api/suggestions"


class Doorkeeper:
    """A middleware; what the doors let in is counted where it is stored, in corrections.suggestions.submit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        refused = HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if not refused or not _is_ours(request.path_info):
            return response
        try:
            note_refusal(sender_hash(client_address(request)))
        except TooMany as too_many:
            return too_many_response(request, too_many)
        return response


def _is_ours(path: str) -> bool:
    return path.startswith((API, "/suggestions/")) or path.endswith("/suggest/")


def too_many_response(request: HttpRequest, too_many: TooMany) -> HttpResponse:
    """429 for the API or as a page, saying when to come again."""
    headers = {"Retry-After": str(too_many.seconds)}
    if request.path_info.startswith(API):
        sentence = ngettext(
            "Too many requests came from your network; try again in %(seconds)d second.",
            "Too many requests came from your network; try again in %(seconds)d seconds.",
            too_many.seconds,
        )
        return problem_response(Problem(429, {WHOLE: [sentence % {"seconds": too_many.seconds}]}, headers=headers))
    response = render(request, "corrections/too_many_requests.html", {"seconds": too_many.seconds}, status=429)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = headers["Retry-After"]
    return response
