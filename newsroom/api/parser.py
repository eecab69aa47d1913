"""The door through which JSON comes in: what it refuses never reaches a view."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from newsroom.api.strict_json import parse_object


class NotJson(Exception):
    """The request names another content type than the address takes, or a content encoding."""


class LengthMissing(Exception):
    """The request does not say how long its body is, so that nobody knows how much there is to read."""


class StrictParser(Parser):
    """Reads a request's body, whose headers were looked at before, as one strict JSON object.

    Raises BodyTooLarge and BadJson of newsroom.api.strict_json.
    """

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        body: dict[str, Any] = parse_object(request.body)
        return body
