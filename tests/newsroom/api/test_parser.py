"""A body is read as one strict JSON object, or not at all."""

import pytest
from django.test import RequestFactory

from newsroom.api.parser import StrictParser
from newsroom.api.strict_json import MAX_BYTES, BadJson, BodyTooLarge


def read(body: bytes) -> object:
    return StrictParser().parse_body(RequestFactory().post("/", body, content_type="application/json"))


def test_an_object_is_taken_as_it_is() -> None:
    assert read('{"note": "Ключі", "count": 2}'.encode()) == {"note": "Ключі", "count": 2}


@pytest.mark.parametrize("body", [b"", b"[]", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"{'a': 1}"])
def test_what_is_no_strict_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadJson):
        read(body)


def test_a_byte_too_many_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        read(b'{"a": "' + b"x" * (MAX_BYTES - 8) + b'"}')
    assert read(b'{"a": "' + b"x" * (MAX_BYTES - 9) + b'"}') == {"a": "x" * (MAX_BYTES - 9)}
