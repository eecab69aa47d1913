"""Middleware that refuses a reader's request by its headers (415, 411, 413) before its body is read."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from newsroom.api.errors import answer_exception
from newsroom.api.parser import LengthRequired, NotJson
from newsroom.api.strict_json import MAX_BYTES, BodyTooLarge

SUGGESTIONS_API = "/api/suggestions"
PAGES = ("/suggestions/", "/mail/")
FORM_PAGES = ("/suggest/", "/follow/")
JSON = ("application/json",)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_FORM_BYTES = 128 * 1024  # the longest texts of a form, as percent-encoded UTF-8, take 75 KiB
STATUS = {NotJson: 415, LengthRequired: 411, BodyTooLarge: 413}
BODYLESS = ("GET", "HEAD", "OPTIONS")


def body_limit_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """For the addresses that accept a body from readers. Only the desk's read one besides."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        refusal = _refusal(request)
        if refusal is None:
            return get_response(request)
        if is_reader_api(request.path_info):
            return answer_exception(request, refusal)
        return render(request, "400.html", status=STATUS[type(refusal)])

    return answer


def body_allowance(request: HttpRequest) -> int:
    """How many bytes of its body the web server waits for: none where the headers refuse it already."""
    if request.method in BODYLESS or _refusal(request):
        return 0
    return MAX_BYTES if is_reader_api(request.path_info) else MAX_FORM_BYTES


def is_reader_api(path: str) -> bool:
    """The addresses of the API that accept something from readers."""
    return path.startswith(SUGGESTIONS_API) or (path.startswith("/api/articles/") and path.endswith("/follow"))


def _is_page(path: str) -> bool:
    return path.startswith(PAGES) or path.endswith(FORM_PAGES)


def _refusal(request: HttpRequest) -> NotJson | LengthRequired | BodyTooLarge | None:
    is_api = is_reader_api(request.path_info)
    if request.method in BODYLESS or not (is_api or _is_page(request.path_info)):
        return None
    is_chunked = "Transfer-Encoding" in request.headers
    declared = request.headers.get("Content-Length") or "0"
    length = int(declared) if declared.isascii() and declared.isdigit() else 0
    if not is_chunked and not length:
        return None
    encoding = request.headers.get("Content-Encoding") or "identity"
    if request.content_type not in (JSON if is_api else FORMS) or encoding != "identity":
        return NotJson()
    if is_chunked:
        return LengthRequired()
    return BodyTooLarge() if length > (MAX_BYTES if is_api else MAX_FORM_BYTES) else None
