"""What a browser says of the encodings it reads, and of the page it has."""

import gzip

import brotli
import pytest

from newsroom.http.negotiation import ENCODERS, is_not_modified, preferred_encoding

DAY = "Mon, 05 Jan 2015 10:00:00 GMT"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br ; q=1.0", "br"),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity", ""),
        ("identity, *;q=0", ""),
        ("gzip;q=much", ""),
        ("gzip;q=nan", ""),
        ("", ""),
        (";;,,", ""),
        ("gzip, " * 100, ""),
    ],
)
def test_the_best_of_what_is_admitted_is_taken(accepted: str, encoding: str) -> None:
    assert preferred_encoding(accepted) == encoding


@pytest.mark.parametrize(
    ("none_match", "modified_since", "expected"),
    [
        ('"a"', "", True),
        ('"b"', "", False),
        ('"b"', DAY, False),
        ("", DAY, True),
        ("", "Mon, 05 Jan 2015 09:59:59 GMT", False),
        ("", "Tue, 06 Jan 2015 10:00:00 GMT", False),  # of a page made while the clock was ahead
        ("", "yesterday", False),
        ("", "", False),
    ],
)
def test_a_tag_goes_before_a_date(none_match: str, modified_since: str, expected: bool) -> None:
    moment = 1420452000
    assert is_not_modified('"a"', moment, none_match=none_match, modified_since=modified_since) is expected


def test_without_a_date_of_the_page_none_is_believed() -> None:
    assert not is_not_modified('"a"', None, none_match="", modified_since=DAY)


def test_what_was_encoded_is_read_again() -> None:
    body = b"<p>The council will receive the report.</p>" * 9
    assert (
        brotli.decompress(ENCODERS["br"](body)) == gzip.decompress(ENCODERS["gzip"](body)) == ENCODERS[""](body) == body
    )
