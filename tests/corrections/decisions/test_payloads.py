"""A stored decision is carried out on what its editor has published since, or not at all."""

import pytest

from corrections.decisions.compose import Edit, compose
from corrections.decisions.payloads import NewRevision, new_revision_of, revision_payload
from corrections.models import Case
from newsroom.models import Article, Kind
from tests.support.desk_page import Desk, make_case, pass_the_time
from tests.support.factories import current_revision, make_article, make_editor, make_revision

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
    ("find", "put", "is_rebased"),
    [("14", "fifteen", True), ("The council", "Next week it", True), ("recieve", "re\u00adcieve", False)],
)
def test_edits_are_carried_over_to_the_editors_own_revision_where_their_words_stand_as_they_were(
    article: Article, find: str, put: str, is_rebased: bool
) -> None:
    case, base, by = make_case(article), current_revision(article), make_editor()
    edits = [Edit(case, "receive")]
    payload = revision_payload(NewRevision(base, compose(base, edits), Kind.TYPO, "So."), edits)
    assert new_revision_of([case], by, payload) == NewRevision(base, compose(base, edits), Kind.TYPO, "So.")

    own = make_revision(article, find=find, put=put, by=by)

    new = new_revision_of([case], by, payload)
    assert (new.base, new.kind, new.note) == (own if is_rebased else base, Kind.TYPO, "So.")
    assert ("will receive" in new.composed.wording.body, put in new.composed.wording.body) == (True, is_rebased)
    assert new_revision_of([case], make_editor(), payload).base == base
