"""Several cases decided as one, merged, or one split in two."""

import pytest

from corrections.desk.forms.factory import forms_for
from corrections.models import Case, Decision
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Act, Article, Kind
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case, told
from tests.support.factories import current_revision, make_article, make_editor, make_revision
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


def test_the_cases_of_a_retracted_article_are_declined_by_one_press() -> None:
    article, elsewhere = make_article(language="de"), make_case(make_article())
    cases = [make_case(article), make_case(article, "three", "four"), make_case(article, "Tuesday", "Friday")]
    decided = cases.pop()
    desk = Desk()
    desk.decide(decided, "decline", reason="It was Tuesday.")
    assert "retracted" not in forms_for(cases[0], [], by=desk.editor)
    make_revision(article, find="", put="", kind=Kind.RETRACTION, note="Invented.", by=make_editor(group=DESK_CHIEF))

    page = desk.open(cases[0])
    text = page.content.decode()
    assert "This article was retracted" in text
    assert not tree(page).xpath("//button[@value='publish' or @value='propose' or @value='edit-article']")
    assert desk.client.get(LIST).content.decode().count(">The article was retracted<") == 2
    desk.send(page, "retracted")

    reason = "Der Artikel wurde zurückgezogen. Darin wird nichts mehr berichtigt."
    for case in (*cases, decided, elsewhere):
        case.refresh_from_db()
    assert [(case.state, case.reason) for case in cases] == [("declined", reason)] * 2
    assert (decided.state, decided.reason, elsewhere.state) == ("declined", "It was Tuesday.", "open")


@pytest.mark.parametrize("decision", ["publish", "propose"])
def test_a_page_opened_before_the_retraction_publishes_nothing(decision: str) -> None:
    article = make_article()
    case, desk = make_case(article), Desk()
    page = desk.open(case)
    make_revision(article, find="", put="", kind=Kind.RETRACTION, note="Invented.", by=make_editor(group=DESK_CHIEF))

    answer = desk.send(page, decision)

    assert answer.status_code == 409
    assert current_revision(article).number == 2
