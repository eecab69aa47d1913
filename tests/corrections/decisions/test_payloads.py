"""A stored decision is carried out on what was published since, or not at all where its words were touched."""

import pytest

from corrections.decisions.compose import Edit, compose
from corrections.decisions.payloads import NewRevision, new_revision_of, revision_payload
from corrections.models import Case
from newsroom.models import Act, Article, Kind, WordsWithheld
from newsroom.publishing.publish import StaleRevision
from tests.support.desk_page import Desk, make_case, pass_the_time
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.record_check import breaks
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def desk() -> Desk:
    return Desk(waits=False)


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def test_an_editor_is_not_overtaken_by_their_own_decisions(article: Article, desk: Desk) -> None:
    first, second = make_case(article), make_case(article, "bridges", "large bridges", category="clarity")
    desk.decide(first, "edit", wording="be handed at last")
    desk.decide(second, "publish", note="They are large.")

    pass_the_time()

    assert (state_of(first), state_of(second)) == ("published", "published")
    text = current_revision(article).require_content().text
    assert "will be handed at last the report" in text
    assert "14 large bridges" in text
    assert text[second.spot_start : second.spot_end].strip() == "large bridges"


def test_two_decisions_about_the_same_words_do_not_overwrite_each_other(article: Article, desk: Desk) -> None:
    first = make_case(article, "three are closed", "three are shut", category="clarity")
    second = make_case(article, "of which", "and", category="clarity")
    note = {"note": "Put more plainly."}
    page = desk.open(second)
    desk.decide(first, "edit", wording="only three stay closed", **note)
    typed = {"wording": "of these", "kind": "clarification", **note}
    desk.send(page, "edit", **typed)

    pass_the_time()

    assert state_of(first) == "published"
    text = current_revision(article).require_content().text
    assert "of these only three stay closed" in text
    assert state_of(second) == "published"


def test_a_passage_touched_by_the_editors_own_revision_comes_back(article: Article, desk: Desk) -> None:
    case = make_case(article, "three are closed", "three are shut", category="clarity")
    desk.decide(case, "publish", note="Put more plainly.")
    make_revision(article, find="three are closed", put="four are closed", by=desk.editor)

    pass_the_time()

    assert state_of(case) == "open"
    assert "four are closed" in current_revision(article).require_content().text


@pytest.mark.parametrize(
    ("find", "put", "moves"),
    [("14", "fifteen", True), ("The council", "Next week it", True), ("recieve", "re\u00adcieve", False)],
)
def test_a_decision_moves_to_the_revision_of_whomever_where_its_words_stand_as_they_were(
    article: Article, find: str, put: str, moves: bool
) -> None:
    case, base = make_case(article), current_revision(article)
    edits = [Edit(case, "receive")]
    payload = revision_payload(NewRevision(base, compose(base, edits), Kind.TYPO, "So."), edits)
    decided = NewRevision(base, compose(base, edits), Kind.TYPO, "So.")
    assert new_revision_of([case], payload) == decided

    make_revision(article, find=find, put=put)

    if moves:
        assert new_revision_of([case], payload) == decided
    else:
        with pytest.raises(StaleRevision):
            new_revision_of([case], payload)


def test_words_beside_the_edit_that_a_reader_marked_with_it_are_part_of_the_passage(article: Article) -> None:
    case, base = make_case(article, "will recieve", "will receive"), current_revision(article)
    edits = [Edit(case, "will receive")]
    payload = revision_payload(NewRevision(base, compose(base, edits), Kind.TYPO, ""), edits)
    make_revision(article, find="will recieve", put="shall recieve")
    with pytest.raises(StaleRevision):
        new_revision_of([case], payload)


@pytest.mark.both_databases
def test_a_decision_made_on_words_that_were_withheld_since_is_refused_by_name(article: Article) -> None:
    case, base = make_case(article), current_revision(article)
    edits = [Edit(case, "receive")]
    payload = revision_payload(NewRevision(base, compose(base, edits), Kind.TYPO, ""), edits)
    make_revision(article, find="three", put="four")
    withhold(article, number=base.number)
    with pytest.raises(WordsWithheld):
        new_revision_of([case], payload)


@pytest.mark.both_databases
def test_a_colleagues_unrelated_revision_does_not_send_a_decision_back(article: Article, desk: Desk) -> None:
    case = make_case(article)
    desk.decide(case, "edit", wording="be handed at last")
    make_revision(article, find="of which three", put="of which, alas, three")
    pass_the_time()
    case.refresh_from_db()
    assert (case.state, case.published_in and case.published_in.number) == ("published", 3)
    text = current_revision(article).require_content().text
    assert "be handed at last" in text
    assert "of which, alas, three" in text
    assert text[case.spot_start : case.spot_end] == "be handed at last"
    assert Act.objects.filter(verb="move_revision").count() == 1
    assert breaks() == []
