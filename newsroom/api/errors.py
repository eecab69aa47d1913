"""Error format of the API: {"errors": {"<field, or _>": ["what is wrong, what would be right"]}}."""

import errno
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from newsroom.accounts.password_hashing import HashingBusy
from newsroom.api.parser import LengthRequired, NotJson
from newsroom.api.strict_json import MAX_BYTES, BadJson, BodyTooLarge
from newsroom.record.queries import BadCursor, UnknownCursor

logger = logging.getLogger("django.request")
NON_FIELD = "_"
RETRY_AFTER = 5  # seconds; readers' dialogs send again by themselves
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Errors(Schema):
    """What is wrong, field by field; `_` stands for the request as a whole."""

    errors: dict[str, list[str]]


class Problem(Exception):
    """An error response: status, sentences by field, headers."""

    def __init__(self, status: int, errors: dict[str, list[str]], *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, errors)
        self.status = status
        self.errors = errors
        self.headers = headers


def problem_response(problem: Problem) -> HttpResponse:
    response = JsonResponse({"errors": problem.errors}, status=problem.status, headers=problem.headers)
    response["Cache-Control"] = "no-store"
    return response


def answer_exception(request: HttpRequest, error: Any) -> HttpResponse:
    """Turn an exception into an error response; 500 where it is none of ours. (ninja types `error` as a class too.)"""
    # ninja wraps exceptions of a parser into an HttpError.
    cause = error.__cause__ if isinstance(error, HttpError) and isinstance(error.__cause__, Exception) else error
    if is_unavailable(cause):
        return problem_response(unavailable_problem(cause))
    problem = _problem_of(cause)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s: %s", request.path, error, exc_info=error)
    return problem_response(problem)


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the database is locked, slow, away or full, or the disk is: nothing that the request could help."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return True
    return isinstance(error, OperationalError | InterfaceError | HashingBusy)


def unavailable_problem(error: BaseException | None = None) -> Problem:
    """503. `error` goes to the log in one line."""
    if error:
        logging.getLogger(__name__).warning(
            "answered 503: %s", (str(error).strip().splitlines() or [type(error).__name__])[0]
        )
    sentence = _("The site is busy and could not do this; nothing was stored. Please try again in a few seconds.")
    return Problem(503, {NON_FIELD: [sentence]}, headers={"Retry-After": str(RETRY_AFTER)})


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, ValidationError):
        return _invalid(error)
    status, field, sentence = 500, NON_FIELD, _("Something went wrong on our side. Please try again later.")
    match error:
        case Http404():
            status, sentence = 404, str(error) or _("There is nothing under this address.")
        case SuspiciousOperation() if not isinstance(error, RequestDataTooBig):
            status, sentence = 400, _("The request could not be read. Check its headers.")
        case BadJson():
            status, sentence = 400, _(error.sentence) % error.values if error.values else _(error.sentence)
        case BodyTooLarge() | RequestDataTooBig():
            status, sentence = (
                413,
                _("The body is too large. Send at most %(limit)d KiB.") % {"limit": MAX_BYTES // 1024},
            )
        case LengthRequired():
            status, sentence = 411, _("Say in the header Content-Length how many bytes the body has.")
        case NotJson():
            status, sentence = 415, _("Send the body as application/json, without a content encoding.")
        case BadCursor():
            # Of the form that /api/openapi.json describes, but of no row: unknown, like an unknown article.
            status, field = 404 if isinstance(error, UnknownCursor) else 422, "cursor"
            sentence = _("This is not one of our cursors. Follow the address in `next`.")
        case HttpError():
            status, sentence = error.status_code, str(error)
    return Problem(status, {field: [sentence]})


def _invalid(error: ValidationError) -> Problem:
    errors: dict[str, list[str]] = {}
    for detail in error.errors:
        source, *path = [str(part) for part in detail["loc"]]
        # The first name of a body's location is the operation's argument.
        names = path[1:] if source == "body" else path
        if not names:
            return Problem(400, {NON_FIELD: [_("The body must be a JSON object.")]})
        errors.setdefault(".".join(names), []).append(_sentence(detail["type"]))
    return Problem(422, errors)


def _sentence(kind: str) -> str:
    sentences = {
        "missing": _("This field is missing."),
        "extra_forbidden": _("There is no field with this name."),
        "string_type": _("This must be text."),
        "int_type": _("This must be a whole number."),
        "int_parsing": _("This must be a whole number."),
        "bool_type": _("This must be true or false."),
        "model_type": _("This must be an object."),
        "model_attributes_type": _("This must be an object."),
    }
    return sentences.get(kind) or _("This could not be read. See /api/docs for its form.")


def install_handlers(api: NinjaAPI) -> None:
    """Register the error format for all exceptions of the API."""
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, answer_exception)
