"""JSON parser of the API for request bodies."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from newsroom.api.strict_json import parse_object


class NotJson(Exception):
    """415: wrong content type, or a content encoding."""


class LengthRequired(Exception):
    """411: no Content-Length, so that the size is unknown before reading."""


class StrictParser(Parser):
    """Parse a body, whose headers middleware has checked, as one strict JSON object. Raises BodyTooLarge, BadJson."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        body: dict[str, Any] = parse_object(request.body)
        return body
