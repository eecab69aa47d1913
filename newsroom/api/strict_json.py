"""Strict JSON: refuse duplicate names, deep nesting, huge numbers, NaN, lone surrogates and bodies over 64 KiB."""

import json
import re
from math import isfinite
from typing import Any

MAX_BYTES = 64 * 1024
MAX_DEPTH = 16  # our own bodies are two deep
MAX_DIGITS = 15  # beyond them a JavaScript number is inexact
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class BadJson(Exception):
    """The body is no JSON object in UTF-8. `sentence` is an untranslated msgid, filled in with `values`."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values


class BodyTooLarge(Exception):
    """The body is over MAX_BYTES."""


def gettext_noop(sentence: str) -> str:
    """Mark a msgid; Django's own would import Django into this pure module."""
    return sentence


NESTED = gettext_noop("The body is nested more than %(limit)d deep.")


def parse_object(raw: bytes) -> dict[str, Any]:
    """Parse `raw` into a dict. Raises BodyTooLarge, BadJson."""
    if len(raw) > MAX_BYTES:
        raise BodyTooLarge
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise BadJson(gettext_noop("The body begins with a byte order mark; send plain UTF-8 without one."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson(gettext_noop("The body is not UTF-8 (at byte %(place)d)."), place=error.start) from None
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_fraction, parse_constant=_constant
        )
    except RecursionError:
        raise BadJson(NESTED, limit=MAX_DEPTH) from None
    except json.JSONDecodeError as error:
        raise BadJson(gettext_noop("The body is not JSON (at character %(place)d)."), place=error.pos) from None
    if not isinstance(value, dict):
        raise BadJson(gettext_noop("The body must be a JSON object."))
    _refuse_deep_or_broken(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            _refuse_surrogates(name)  # it could not be sent in the error's sentence
            raise BadJson(gettext_noop("The name “%(name)s” appears twice in one object."), name=name[:80])
        found[name] = value
    return found


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise BadJson(gettext_noop("A number has more than %(limit)d digits."), limit=MAX_DIGITS)
    return int(digits)


def _fraction(digits: str) -> float:
    if not isfinite(number := float(digits)):
        raise BadJson(gettext_noop("A number is too large."))
    return number


def _constant(name: str) -> None:
    raise BadJson(gettext_noop("%(name)s is not JSON."), name=name)


def _refuse_deep_or_broken(value: Any, depth: int = 1) -> None:
    if depth > MAX_DEPTH:
        raise BadJson(NESTED, limit=MAX_DEPTH)
    if isinstance(value, str):
        _refuse_surrogates(value)
    elif isinstance(value, dict):
        for name, item in value.items():
            _refuse_surrogates(name)
            _refuse_deep_or_broken(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _refuse_deep_or_broken(item, depth + 1)


def _refuse_surrogates(text: str) -> None:
    """A lone surrogate cannot be stored, hashed or encoded as UTF-8."""
    if found := LONE_SURROGATE.search(text):
        raise BadJson(
            gettext_noop("A text holds the lone surrogate %(code_point)s, which is no character."),
            code_point=f"U+{ord(found[0]):04X}",
        )
