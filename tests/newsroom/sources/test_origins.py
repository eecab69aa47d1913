"""Which page may speak for a Source."""

import pytest

from newsroom.sources.origins import BadOrigin, clean_origin, is_any_origin, source_for
from tests.support.sources import make_source

pytestmark = pytest.mark.django_db


def test_only_an_exact_origin_of_an_active_source_speaks_for_it() -> None:
    source = make_source(origins=["https://daily.example", "http://daily.example:8080"])
    other = make_source(origins=["https://other.example"])
    assert source_for(source.key, "https://daily.example") == source
    assert source_for(source.key, "http://daily.example:8080") == source
    for origin in ("null", "", "https://other.example", "https://daily.example/", "http://daily.example"):
        assert source_for(source.key, origin) is None, origin
    assert source_for(other.key, "https://daily.example") is None
    for key in ("", "é", "a b", source.key.upper(), "\0"):
        assert source_for(key, "https://daily.example") is None
    source.is_active = False
    source.save()
    assert source_for(source.key, "https://daily.example") is None
    assert not is_any_origin("https://daily.example")
    assert is_any_origin("https://other.example")


@pytest.mark.parametrize(
    ("given", "origin"),
    [("https://Daily.Example/", "https://daily.example"), (" http://localhost:8080 ", "http://localhost:8080")],
)
def test_an_origin_is_written_as_browsers_do(given: str, origin: str) -> None:
    assert clean_origin(given) == origin


@pytest.mark.parametrize("given", ["daily.example", "https://daily.example/a", "https://a@daily.example", "null", "*"])
def test_more_or_less_than_an_origin_is_refused(given: str) -> None:
    with pytest.raises(BadOrigin):
        clean_origin(given)
