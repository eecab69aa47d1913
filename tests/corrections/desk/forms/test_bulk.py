"""Several cases decided as one, merged, or one split in two."""

from typing import Any

import pytest

from corrections.models import Case, Decision
from corrections.suggestions.reader_status import suggestion_status
from newsroom.models import Act, Article
from tests.support.desk_page import Desk, form_of, make_case, pass_the_time, told
from tests.support.factories import current_revision, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


def tick(desk: Desk, case: Case, decision: str, name: str, keys: list[object], **typed: str) -> Any:
    """Tick boxes of the page and press a button of their form."""
    page = desk.open(case)
    form = form_of(page, decision)
    fields = {key: value for key, value in form.form_values() if key != name}
    answer = desk.client.post(
        page.request["PATH_INFO"], {**fields, name: [str(key) for key in keys], **typed, "decision": decision}
    )
    pass_the_time()
    return answer


@pytest.mark.both_databases
def test_several_cases_of_one_article_are_published_as_one_revision(article: Article) -> None:
    first, second = make_case(article), make_case(article, "counts", "count", category="typo")
    left = make_case(article, "three", "four", category="fact")

    answer = tick(Desk(), first, "publish-several", "others", [second.pk], kind="typo")

    assert answer.status_code == 302
    revision = current_revision(article)
    assert (revision.number, revision.content.text[:45]) == (2, "The council will receive the report on Tuesda")
    assert "It count 14 bridges" in revision.content.text
    assert {Case.objects.get(pk=case.pk).published_in for case in (first, second)} == {revision}
    assert Case.objects.get(pk=left.pk).state == "open"
    assert Act.objects.filter(verb="publish_case").count() == 1


def test_a_case_without_proposed_words_is_named_and_nothing_is_decided(article: Article) -> None:
    first = make_case(article)
    second = make_case(article, "three", None, category="fact", note="Four.")
    answer = tick(Desk(), first, "publish-several", "others", [second.pk], kind="typo")
    assert answer.status_code == 422
    assert "“three”" in told(answer)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("decision", ["publish-several", "merge"])
def test_at_least_one_other_case_has_to_be_ticked(article: Article, decision: str) -> None:
    first = make_case(article)
    make_case(article, "counts", "count")
    answer = tick(Desk(), first, decision, "others", [], kind="typo")
    assert answer.status_code == 422
    assert "Tick at least one" in told(answer)


@pytest.mark.both_databases
def test_merged_cases_become_one_and_their_readers_follow_it(article: Article) -> None:
    first = make_case(article)
    second = make_case(article, "Tuesday", "Monday", category="fact")
    reader = second.suggestions.get()
    desk = Desk()

    tick(desk, first, "merge", "others", [second.pk])

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.readers) == ("open", 2)
    assert (second.state, second.merged_into, second.readers) == ("merged", first, 0)
    desk.decide(first, "decline", reason="Both are right.")
    reader.refresh_from_db()
    assert suggestion_status(reader).reason == "Both are right."


def test_a_case_of_another_article_is_not_merged(article: Article) -> None:
    first, other = make_case(article), make_case(make_article())
    make_case(article, "counts", "count")
    assert tick(Desk(), first, "merge", "others", [other.pk]).status_code == 422
    other.refresh_from_db()
    assert other.state == "open"


@pytest.mark.both_databases
def test_a_split_makes_two_cases_that_are_decided_apart(article: Article) -> None:
    case = make_case(article)
    make_case(article, "will recieve the report on", "shall get the report on", category="clarity")
    first, second = case.suggestions.order_by("received_at")

    tick(Desk(), case, "split", "suggestions", [second.pk])

    case.refresh_from_db()
    second.refresh_from_db()
    new = second.case
    assert new is not None
    assert new != case
    assert (case.readers, new.readers, new.state) == (1, 1, "open")
    assert new.anchored_in.content.text[new.start : new.end] == "will recieve the report on"
    assert first.case_id == case.pk


def test_not_all_of_a_case_can_be_split_off(article: Article) -> None:
    case = make_case(article)
    make_case(article)
    keys: list[object] = list(case.suggestions.values_list("pk", flat=True))
    assert tick(Desk(), case, "split", "suggestions", keys).status_code == 422
    assert Case.objects.count() == 1
