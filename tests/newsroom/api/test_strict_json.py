"""The parser at the door: whatever bytes come, an object that is clean, or a refusal in a sentence."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.api.strict_json import MAX_BYTES, MAX_DEPTH, BadJson, BodyTooLarge, parse_object

MOST = 10**15 - 1
SURROGATE = re.compile("[\ud800-\udfff]")
characters = st.characters(exclude_categories=["Cs"])
texts = st.text(characters, max_size=20)
leaves = st.none() | st.booleans() | st.integers(-MOST, MOST) | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4))
objects = st.dictionaries(texts, values, max_size=5)


def depth_of(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth_of, inner), default=0)


def refused(raw: bytes) -> str:
    """The sentence of a refusal; empty where the bytes were parsed, and then they must be what they seem."""
    try:
        value = parse_object(raw)
    except BodyTooLarge:
        assert len(raw) > MAX_BYTES
        return "too large"
    except BadJson as bad:
        sentence = str(bad)
        assert re.fullmatch(r"[A-Z-].+\.", sentence, re.DOTALL)
        assert not SURROGATE.search(sentence)
        return sentence
    assert isinstance(value, dict)
    assert depth_of(value) <= MAX_DEPTH
    assert value == json.loads(raw)
    assert not SURROGATE.search(json.dumps(value, ensure_ascii=False, allow_nan=False))
    return ""


@given(objects, st.booleans(), st.sampled_from([None, 0, 3]))
def test_every_sound_object_is_taken_as_it_is(value: dict[str, Any], escaped: bool, indent: int | None) -> None:
    raw = json.dumps(value, ensure_ascii=escaped, indent=indent).encode()
    if depth_of(value) <= MAX_DEPTH and len(raw) <= MAX_BYTES:
        assert parse_object(raw) == value


@given(st.binary(max_size=200) | st.text(characters).map(str.encode) | st.text().map(lambda t: t.encode("utf-16")))
def test_any_bytes_are_an_object_or_a_sentence(raw: bytes) -> None:
    refused(raw)


@given(objects, st.data())
def test_an_object_with_bytes_put_in_taken_out_or_doubled_is_one_or_a_sentence(
    value: dict[str, Any], data: st.DataObject
) -> None:
    raw = json.dumps(value, ensure_ascii=False).encode()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    junk = data.draw(
        st.sampled_from([b"", b'"', b"{", b"]", b"\\ud800", b"\xff", b"\0", b"9" * 400, b"1e999", b"NaN", b","])
    )
    refused(raw[:start] + junk + raw[end:])
    refused(raw[:start] + raw[start:end] * 2 + raw[end:])


@given(objects, texts, values)
def test_a_name_that_stands_twice_is_named(value: dict[str, Any], name: str, other: Any) -> None:
    member = f"{json.dumps(name)}: {json.dumps(other)}"
    whole = json.dumps({**value, name: None})[:-1]
    sentence = refused(f"{whole}, {member}}}".encode())
    assert sentence.endswith("appears twice in one object.") or depth_of(other) >= MAX_DEPTH


@given(objects, st.sampled_from(["\\ud800", "\\udfff", "a\\udbffb", "\\udc00\\ud800"]), st.booleans())
def test_a_lone_surrogate_is_refused_wherever_it_stands(value: dict[str, Any], broken: str, as_name: bool) -> None:
    member = f'"{broken}": 1' if as_name else f'"x": [{{"y": "{broken}"}}]'
    inner = json.dumps(value)[1:-1]
    sentence = refused(f"{{{member}{', ' if inner else ''}{inner}}}".encode())
    assert "lone surrogate U+D" in sentence or "twice" in sentence


@pytest.mark.parametrize("opening", ['{"a":', "["])
def test_sixteen_deep_is_taken_and_seventeen_is_not(opening: str) -> None:
    closing = "}" if opening[0] == "{" else "]"
    for deep in range(1, MAX_DEPTH + 3):
        # The object around it is one, and so is the number within.
        raw = f'{{"x": {opening * deep}1{closing * deep}}}'.encode()
        assert bool(refused(raw)) == (deep + 2 > MAX_DEPTH), deep


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        *((digits, "A number has more than 15 digits.") for digits in ("9" * 16, "-" + "9" * 16, "9" * 5000)),
        *((number, "A number is too large.") for number in ("1e999", "-1e999", "1" * 400 + ".0")),
        *((name, f"{name} is not JSON.") for name in ("NaN", "-Infinity")),
    ],
)
def test_giant_numbers_are_refused(number: str, sentence: str) -> None:
    assert refused(f'{{"a": {number}}}'.encode()) == sentence


def test_a_name_that_comes_twice_among_thousands_is_named() -> None:
    names = [f'"{number:x}":1' for number in range(7_000)]
    raw = ("{" + ",".join([*names, names[-1]]) + "}").encode()

    assert "twice" in refused(raw)


@given(st.integers(MAX_BYTES - 20, MAX_BYTES + 20))
def test_sixty_four_kilobytes_are_taken_and_no_byte_more(size: int) -> None:
    raw = b'{"a": "' + b"x" * (size - 9) + b'"}'
    assert len(raw) == size
    assert bool(refused(raw)) == (size > MAX_BYTES)
