"""What the search of the list finds, by indexes and without."""

import pytest
from django.db import connection

from corrections.desk.search import build_search
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import erase_reader, withdraw_suggestion
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases


def shown(desk: Desk, **query: str) -> list[int]:
    links = tree(desk.client.get(LIST, query)).xpath("//ol//h2/a/@href")
    return [int(link.partition("?")[0].split("/")[-3]) for link in links]


@both_databases
@pytest.mark.parametrize(
    "words", ["recieve", "RECIEVE", "receive", "eiv", "ciev", "spelling of it", "bridges is due", "harbour-bridges"]
)
def test_search_looks_into_passages_suggestions_notes_and_articles(words: str) -> None:
    desk, article = Desk(), make_article(slug="harbour-bridges")
    found = make_case(article, note="The spelling of it is wrong.")
    make_case(make_article(headline="Kelp"), "Tuesday", "Friday")
    assert shown(desk, q=words) == [found.pk]


@pytest.mark.parametrize(
    "words", ["report the", "rep th", "o'clock", "note quiet", "Звіт", "звіту", "قارب", "紙船在港"]
)
def test_postgresql_finds_words_in_any_order_and_language(words: str) -> None:
    desk = Desk()
    body = "<p>Read the report at 5 o'clock. Звіту немає. القارب قارب هنا. 紙船在港口。</p>"
    article = make_article(body=body, headline="Kelp", slug="kelp")
    found = make_case(article, "the report at 5 o'clock", "the account", note="A quiet note.")
    others = (
        make_case(article, "Звіту", "Звіта"),
        make_case(article, "قارب هنا", "x"),
        make_case(article, "紙船在港口", "y"),
    )
    [key] = shown(desk, q=words)
    assert key in {found.pk, *(case.pk for case in others)}


@both_databases
@pytest.mark.parametrize("words", ["'", "\\", "%", "_", "' & !", ":*", "a" * 500, "\0", "((", "x'y\\'"])
def test_search_takes_any_character_for_what_it_is(words: str) -> None:
    desk = Desk()
    make_case(make_article())
    assert desk.client.get(LIST, {"q": words}).status_code == 200


@both_databases
def test_what_a_reader_took_back_or_erased_is_not_found() -> None:
    desk, article = Desk(), make_article()
    make_case(article)
    make_case(article, note="Ask my sister Beatrix.")
    make_case(article, note="Ask my brother Benedict.")
    assert len(shown(desk, q="Beatrix")) == len(shown(desk, q="Benedict")) == 1
    withdraw_suggestion(Suggestion.objects.get(note__contains="Beatrix"))
    erase_reader(Suggestion.objects.get(note__contains="Benedict"))
    assert not shown(desk, q="Beatrix")
    assert not shown(desk, q="Benedict")


@both_databases
@pytest.mark.parametrize(
    ("words", "found"),
    [
        *(("RECIE", 1), ("o'brien", 1), ("O’Brien", 1), ("so-called", 1), ("СЛОВО", 1), ("sister ask", 1)),
        *(("80 %", 1), ("bridges", 3), ("example.org/pa", 1), ("nowhere", 0), ("%", 0), ("_", 0), ("twice twice", 1)),
    ],
)
def test_to_look_at_each_and_to_ask_the_indexes_finds_the_same(words: str, found: int) -> None:
    article = make_article()
    make_case(article, "recieve", "take O’Brien’s")
    make_case(article, "council", "jury, twice", note="Ask my sister; слово: so-called.")
    make_case(article, "three", None, note="80 % of https://example.org/path?a=1")
    search, cases = build_search(words), Case.objects.order_by("pk")
    if connection.vendor == "postgresql":
        assert search.throughout(cases).count() == found
    assert list(search.among(cases)) == list(search.among(cases, many=True)) == list(search.throughout(cases))


def test_without_trigrams_search_finds_beginnings_of_words() -> None:
    desk = Desk()
    found = make_case(make_article())
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX case_exact_trigrams")
    assert shown(desk, q="recie") == [found.pk]
    assert not shown(desk, q="ciev")


def test_words_are_found_in_passages_wordings_notes_and_headlines() -> None:
    one = make_case(make_article(headline="Ferry prices rise"), note="See the minutes.")
    make_case(make_article())
    desk = Desk()
    for words in ("Ferry", "minutes"):
        assert shown(desk, q=words) == [one.pk]
    assert len(shown(desk, q="recieve")) == 2
    assert shown(desk, q="100% \\ '\"") == []
