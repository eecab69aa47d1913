"""Several cases decided as one, merged, or one split in two."""

import pytest

from corrections.models import Case, Decision
from newsroom.models import Act, Article
from tests.support.desk_page import Desk, make_case, told
from tests.support.factories import current_revision, make_article
from tests.support.ticking import tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.mark.both_databases
def test_several_cases_of_one_article_are_published_as_one_revision(article: Article) -> None:
    first, second = make_case(article), make_case(article, "counts", "count", category="typo")
    left = make_case(article, "three", "four", category="fact")

    answer = tick(Desk(), first, "publish-several", "others", [second.pk], kind="typo")

    assert answer.status_code == 302
    revision = current_revision(article)
    assert (revision.number, revision.require_content().text[:45]) == (
        2,
        "The council will receive the report on Tuesda",
    )
    assert "It count 14 bridges" in revision.require_content().text
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
