"""What readers are told of a passage before they write: how it reads, how many reported it, what was decided."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Case, Suggestion
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import SuggestionInput
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article, Kind
from tests.support.desk_page import Desk, make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_quote

pytestmark = pytest.mark.django_db
ADDRESS = "/api/articles/bridges/passage"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def ask(client: Client, words: str, *, revision: int = 1, field: str = "body", status: int = 200) -> Any:
    """What the API says of words of a revision."""
    read = Article.objects.get(slug="bridges").revisions.select_related("stored_text").get(number=revision)
    start = read.require_content().canonical(field).index(words)
    query: dict[str, Any] = {"revision": revision, "field": field, "start": start, "end": start + len(words)}
    response = client.get(ADDRESS, query)
    assert response.status_code == status, response.content
    return response.json()


def publish(case: Case, replacement: str, *, kind: Kind = Kind.TYPO, note: str = "") -> None:
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, replacement)])
    publish_cases([case], by=make_editor(), base=base, composed=composed, kind=kind, note=note)


def sentences(answer: Any) -> list[str]:
    return [report["sentence"] for report in answer["reports"]]


def test_the_readers_of_an_open_case_are_counted(client: Client, article: Article) -> None:
    make_case(article)
    assert sentences(ask(client, "recieve")) == ["Another reader has reported this. An editor will look at it."]

    make_case(article, "will recieve the report", "will receive the report")
    assert sentences(ask(client, "will recieve")) == ["2 readers have reported this. An editor will look at it."]
    assert sentences(ask(client, "on Tuesday")) == []


def test_an_editor_who_has_it_in_hand_is_told_of(client: Client, article: Article) -> None:
    case = make_case(article)
    Desk().decide(case, "claim")
    assert sentences(ask(client, "recieve")) == ["Another reader has reported this. An editor is looking at it."]
    Case.objects.filter(pk=case.pk).update(claimed_until=timezone.now())
    assert sentences(ask(client, "recieve")) == ["Another reader has reported this. An editor will look at it."]
    Case.objects.filter(pk=case.pk).update(state=Case.State.ASKED, question="Which report?")
    assert sentences(ask(client, "recieve")) == ["Another reader has reported this. An editor is looking at it."]


def test_no_word_of_a_reader_is_told(client: Client, article: Article) -> None:
    case = make_case(article, "recieve", "zanzibar", note="Quokka.", email="ada@example.org", name="Ada")

    answer = json.dumps(ask(client, "recieve"))

    assert case.readers == 1
    assert not any(word in answer for word in ("zanzibar", "Quokka", "ada@example.org", "Ada"))


@pytest.mark.parametrize(
    ("marked", "put", "quoted"),
    [
        ("The council will recieve the report", "The council will receive the report", "recieve"),
        ("recieve", "", "recieve"),
        ("of which three", "of which only three", "which"),
        ("Tuesday.", "Tuesday!", "."),
    ],
)
def test_whoever_points_at_the_quote_comes_into_the_case(
    client: Client, article: Article, marked: str, put: str, quoted: str
) -> None:
    case = make_case(article, marked, put)
    quote = ask(client, marked)["reports"][0]["quote"]
    assert quote["exact"] == quoted

    read = current_revision(article)
    sent = SuggestionInput(quote=make_quote(read, quoted), replacement=None, category="other", note="I noticed it too.")
    voice = submit_suggestion(read, sent=sent)
    assert (voice.start, voice.end) == (quote["start"], quote["end"])
    triage_suggestion(voice.pk)

    assert Case.objects.get().readers == 2
    assert Suggestion.objects.get(pk=voice.pk).case == case


@pytest.mark.both_databases
def test_what_was_declined_is_told_with_its_reason(client: Client, article: Article) -> None:
    decline_case(make_case(article, "three", "four"), by=make_editor(), reason="There are three.")

    [report] = ask(client, "of which three are")["reports"]

    assert report["sentence"].startswith("An editor looked at this on ")
    assert (report["state"], report["reason"], report["quote"]) == ("declined", "There are three.", None)


@pytest.mark.both_databases
def test_what_was_put_right_is_told_with_its_note(client: Client, article: Article) -> None:
    note = "“recieve” is now “receive”."
    publish(make_case(article), "receive", kind=Kind.CLARIFICATION, note=note)

    for revision, words in ((1, "recieve"), (2, "receive")):
        answer = ask(client, words, revision=revision)
        [report] = answer["reports"]
        assert report["sentence"].startswith("This was put right on ")
        assert (report["reason"], report["url"]) == (note, "/articles/bridges/changes/1...2/")
        assert (answer["revision"], answer["words"], answer["quote"]["exact"]) == (2, words, "receive")
    assert client.get(report["url"]).status_code == 200


def test_words_that_changed_again_since_are_told_as_well(client: Client, article: Article) -> None:
    publish(make_case(article), "receive")
    make_revision(article, find="receive", put="be handed")
    publish(make_case(article, "of which", ""), "")

    assert [report["state"] for report in ask(client, "be handed", revision=3)["reports"]] == ["published"]
    assert [report["state"] for report in ask(client, "bridges, three are", revision=4)["reports"]] == ["published"]
    assert ask(client, "Tuesday", revision=4)["reports"] == []


def test_a_change_without_a_note_is_told_by_its_kind(client: Client, article: Article) -> None:
    publish(make_case(article), "receive")

    assert [report["reason"] for report in ask(client, "recieve")["reports"]] == ["Typing error"]


def test_a_passage_that_has_moved_is_quoted_where_it_stands_now(client: Client, article: Article) -> None:
    make_case(article)
    make_revision(article, find="The council", put="Early next week the council")
    reanchor_article(article)

    answer = ask(client, "recieve", revision=1)

    assert (
        current_revision(article).require_content().text[answer["quote"]["start"] : answer["quote"]["end"]] == "recieve"
    )
    assert sentences(answer) == ["Another reader has reported this. An editor will look at it."]
    assert answer["reports"][0]["quote"] == answer["quote"]


def test_a_passage_that_is_gone_has_no_quote(client: Client, article: Article) -> None:
    gone = "It counts 14 bridges, of which three are closed."
    make_revision(
        article,
        find="<p>It counts <strong>14</strong> bridges, of which three are closed.</p>",
        put="<p>Nobody at the town hall wanted to comment on what else is planned for the year.</p>",
    )

    assert ask(client, gone)["quote"] is None


def test_what_has_no_certain_place_is_left_out(client: Client, article: Article) -> None:
    make_case(article, None, None, note="Too long.", category="other")
    make_case(article, "bridges", "bridge", field="headline")

    assert sentences(ask(client, "bridges")) == []
    assert sentences(ask(client, "bridges", field="headline")) == [
        "Another reader has reported this. An editor will look at it."
    ]


def test_many_cases_cost_a_fixed_number_of_queries(
    client: Client, article: Article, django_assert_max_num_queries: Any
) -> None:
    pattern = make_case(article)
    for index in range(60):
        decline_case(make_case(article), by=make_editor(), reason=f"No {index}.")
    assert pattern.readers == 1
    make_case(article)

    with django_assert_max_num_queries(8):
        answer = ask(client, "recieve")

    assert len(answer["reports"]) == 4
