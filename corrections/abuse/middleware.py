"""Rate limit on refused requests: a sender with too many 4xx responses gets 429."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from corrections.abuse.body_limits import FORM_PAGES, is_reader_api
from corrections.abuse.rate_limits import RateLimited, count_refusal
from corrections.abuse.senders import sender_hash
from newsroom.api.errors import NON_FIELD, Problem, problem_response
from newsroom.http.client_address import client_address

API = "/api/"


class RefusalLimitMiddleware:
    """For the addresses that accept something from readers. Accepted suggestions are counted when they are stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        refused = HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if not refused or not _is_counted(request.path_info):
            return response
        try:
            count_refusal(sender_hash(client_address(request)))
        except RateLimited as limited:
            return rate_limited_response(request, limited)
        return response


def _is_counted(path: str) -> bool:
    return is_reader_api(path) or path.startswith("/suggestions/") or path.endswith(FORM_PAGES)


def rate_limited_response(request: HttpRequest, limited: RateLimited) -> HttpResponse:
    """429 as problem+json or as a page, with Retry-After."""
    headers = {"Retry-After": str(limited.seconds)}
    if request.path_info.startswith(API):
        return problem_response(Problem(429, {NON_FIELD: [limited.sentence]}, headers=headers))
    response = render(request, "corrections/too_many_requests.html", {"seconds": limited.seconds}, status=429)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = headers["Retry-After"]
    return response
