"""The door through which JSON comes in: what it refuses never reaches a view."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from newsroom.strict_json import MAX_BYTES, BodyTooLarge, parse_object


class NotJson(Exception):
    """The request names another content type than JSON, or a content encoding."""


class LengthMissing(Exception):
    """The request does not say how long its body is, so that nobody knows how much there is to read."""


class StrictParser(Parser):
    """Reads a request's body as one strict JSON object.

    Raises NotJson, LengthMissing, BodyTooLarge, and BadJson of newsroom.strict_json.
    """

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        if (
            request.content_type != "application/json"
            or request.headers.get("Content-Encoding", "identity") != "identity"
        ):
            raise NotJson
        if "Transfer-Encoding" in request.headers:
            raise LengthMissing
        declared = request.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > MAX_BYTES:
            raise BodyTooLarge  # before a byte of it is read
        body: dict[str, Any] = parse_object(request.read(MAX_BYTES + 1))
        return body
