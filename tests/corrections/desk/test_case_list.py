"""The list of cases: what stands beside its filters, what its search finds, and its pages forth and back."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from corrections.decisions.outcomes import assign_case, claim_case, decline_case
from corrections.desk import case_list as queue
from corrections.desk import facets as tally
from corrections.desk.list_params import view_of
from corrections.desk.search import search_for
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import erase_reader, withdraw_suggestion
from newsroom.models import Article
from tests.support.desk_page import LIST, Desk, make_case, tree
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
both_databases = pytest.mark.both_databases


def shown(desk: Desk, **query: str) -> list[int]:
    links = tree(desk.client.get(LIST, query)).xpath("//ol//h2/a/@href")
    return [int(link.partition("?")[0].split("/")[-3]) for link in links]


def options(desk: Desk, **query: str) -> dict[tuple[str, str], str]:
    """The number beside each choice of each filter."""
    page = tree(desk.client.get(LIST, query))
    return {
        (option.xpath("../@name")[0], option.get("value")): option.text.rpartition("(")[2].rstrip(")")
        for option in page.xpath("//form//select/option")
    }


def states(desk: Desk, **query: str) -> dict[str, str]:
    tabs = tree(desk.client.get(LIST, query)).xpath("//nav[contains(@class, 'desk-tabs')]//a")
    return {tab.xpath("text()")[0].strip(): tab.xpath("span/text()")[0] for tab in tabs}


def make_queue(desk: Desk) -> Article:
    """Cases of every sort in two articles."""
    article = make_article(headline="Ferries of the north", language="uk")
    make_case(article, "14", "15", category="fact")
    assign_case(make_case(article, "three", "four", category="fact"), by=desk.editor, to=make_editor())
    claim_case(make_case(article, "report", "account", category="clarity"), by=desk.editor)
    make_case(article, None, None, category="other", note="Where are the ferries?")
    decline_case(make_case(article, "closed", "open"), by=desk.editor, reason="They are closed.")
    other = make_article(language="en-GB")
    make_case(other)
    Article.objects.filter(pk=other.pk).update(section="Harbour")
    Case.objects.filter(pk=make_case(other, "Tuesday", "Friday").pk).update(anchor="changed")
    return article


# Numbers --------------------------------------------------------------------------------------------------------------
@both_databases
@pytest.mark.parametrize("query", [{}, {"kind": "fact"}, {"q": "r"}, {"state": "all", "section": "Local"}])
def test_the_number_beside_a_choice_is_the_number_of_cases_that_it_shows(query: dict[str, str]) -> None:
    desk = Desk()
    make_queue(desk)
    numbers = options(desk, **query)
    assert len(numbers) > 40
    for (name, value), number in numbers.items():
        view = view_of(QueryDict(urlencode({**query, name: value})), desk.editor)
        assert number == str(queue.waiting_now(view, most=1000)), (name, value)


@both_databases
@pytest.mark.parametrize("query", [{}, {"kind": "typo"}, {"q": "closed"}])
def test_each_state_says_how_many_cases_it_has(query: dict[str, str]) -> None:
    desk = Desk()
    make_queue(desk)
    numbers = states(desk, **query)
    for name, value in (("Open", "open"), ("Declined", "declined"), ("On hold", "held"), ("All", "all")):
        assert numbers[name] == str(len(shown(desk, **{**query, "state": value}))), name


def test_a_long_list_is_counted_no_further_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "COUNTED", 2)
    desk = Desk()
    make_queue(desk)
    page = tree(desk.client.get(LIST))
    assert states(desk)["Open"] == "2+"
    assert states(desk)["Declined"] == "1"
    assert options(desk)["kind", "fact"] == "2+"
    assert options(desk)["kind", "link"] == "0+"
    assert "perhaps more behind" in page.text_content()
    monkeypatch.setattr(tally, "COUNTED", 1000)
    assert "perhaps more behind" not in tree(desk.client.get(LIST)).text_content()


def test_nothing_is_counted_without_an_end() -> None:
    desk = Desk()
    make_queue(desk)
    with CaptureQueriesContext(connection) as queries:
        desk.client.get(LIST, {"kind": "fact"})
    counts = [query["sql"] for query in queries if "count(" in query["sql"].lower()]
    assert counts
    for statement in counts:
        assert statement.lower().count("count(") <= statement.count("LIMIT")


def test_sections_articles_and_editors_are_chosen_from_lists() -> None:
    desk = Desk()
    article = make_queue(desk)
    colleague = make_editor(public_name="Mara Lind")
    page = tree(desk.client.get(LIST))
    assert page.xpath("//select[@name='section']/option/@value") == ["", "Harbour", "Local"]
    assert article.slug in page.xpath("//select[@name='article']/option/@value")
    assert "Ferries of the north" in page.xpath("//select[@name='article']")[0].text_content()
    assert str(colleague.pk) in page.xpath("//select[@name='hands']/option/@value")
    assert not page.xpath("//form//input[not(@type='hidden' or @type='search')]")


@pytest.mark.parametrize("name", ["section", "article", "language", "hands"])
def test_a_value_that_nothing_has_stays_chosen_and_shows_nothing(name: str) -> None:
    desk = Desk()
    make_queue(desk)
    page = tree(desk.client.get(LIST, {name: "nowhere"}))
    assert page.xpath(f"//select[@name='{name}']/option[@selected]/@value") == ["nowhere"]
    assert not page.xpath("//ol[@class='case-list']/li")


# Pages ----------------------------------------------------------------------------------------------------------------
@both_databases
@pytest.mark.parametrize("query", [{}, {"state": "declined"}, {"state": "all"}, {"q": "Report on"}])
def test_pages_lead_forth_and_back_over_every_case(query: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    desk, article = Desk(), make_article()
    for word in ("council", "report", "Tuesday", "bridges", "three"):
        case = make_case(article, word, f"{word}a")
        if query.get("state") == "declined":
            decline_case(case, by=desk.editor, reason="The word is right.")

    forth = walk(desk, "next", {key: [value] for key, value in query.items()})
    assert [len(page) for page in forth] == [2, 2, 1]
    assert len({key for page in forth for key in page}) == 5
    back = walk(desk, "prev", last_query)
    assert back == forth[::-1]


last_query: dict[str, list[str]] = {}


def walk(desk: Desk, rel: str, query: dict[str, Any]) -> list[list[int]]:
    """The keys of each page's cases, following its link to the end; where that was stays in `last_query`."""
    pages, address = [], f"{LIST}?" + "&".join(f"{name}={value[0]}" for name, value in query.items())
    while address:
        last_query.clear()
        last_query.update(
            {p.partition("=")[0]: [p.partition("=")[2]] for p in address.partition("?")[2].split("&") if p}
        )
        page = tree(desk.client.get(address))
        links = page.xpath("//ol//h2/a/@href")
        pages.append([int(link.partition("?")[0].split("/")[-3]) for link in links])
        [following] = page.xpath(f"//a[@rel='{rel}']/@href") or [""]
        address = f"{LIST}{following}" if following else ""
    return pages


# Search ---------------------------------------------------------------------------------------------------------------
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


@pytest.mark.parametrize("steps", [0, 3, 2000])
def test_frequent_words_are_found_in_the_same_order_as_rare_ones(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "WALK", steps)
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    desk, article = Desk(), make_article()
    made = [make_case(article, word, f"{word} once").pk for word in ("report", "Tuesday", "bridges", "three", "closed")]
    assert walk(desk, "next", {"q": ["once"]}) == [made[:2], made[2:4], made[4:]]


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
    search, cases = search_for(words), Case.objects.order_by("pk")
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


def test_the_other_cases_of_an_article_are_told_apart_by_their_words() -> None:
    desk, article = Desk(), make_article()
    case = make_case(article)
    make_case(article, "Tuesday", "Friday")
    make_case(article, None, None, category="other", note="Too long.")
    others = tree(desk.open(case)).xpath("//section[@aria-labelledby='others-heading']")[0]
    texts = ["".join(link.itertext()) for link in others.xpath(".//h3/a")]
    assert any("TuesdayFriday" in text for text in texts)
    assert "Report on the bridges is due" not in others.text_content()
