"""The same mistake in other articles is put right from a case's page: one by one, or all at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections.echoes.index import index_article
from corrections.models import Case, Decision
from newsroom.accounts.roles import AUDITOR, STANDARDS_EDITOR
from newsroom.models import Article, Kind, Proposal
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case, messages, pass_the_time
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db
BODY = "<p>The lighthouse at Hesper Point went dark after 67 years of {word}, and the oil was sold.</p>"


def article_with(word: str = "service") -> Article:
    article = make_article(body=BODY.format(word=word), headline="Report on the lighthouse")
    index_article(article)
    return article


def address_of(case: Case) -> str:
    return f"/admin/corrections/case/{case.pk}/echoes/"


def keys(desk: Desk, case: Case) -> list[str]:
    return [str(key) for key in tree(desk.client.get(address_of(case))).xpath("//input[@name='echoes']/@value")]


def test_all_at_once_each_by_its_policy_with_its_own_note() -> None:
    ours, *others = (article_with() for _ in range(3))
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    assert "Put it right in 2 other articles" in desk.open(case).content.decode()
    ticked = keys(desk, case)
    assert len(ticked) == 2
    assert desk.client.get(address_of(case)).content.decode().count("“67 years”. It is “57 years”.") == 2
    desk.client.post(address_of(case), {"echoes": ticked, "decision": "settle"})
    assert "For a second editor: 2" in messages(desk)
    pass_the_time()
    for other in others:
        proposal = Proposal.objects.get(article=other)
        assert proposal.note == "An earlier version of this article said “67 years”. It is “57 years”."
        assert "57 years" in proposal.body
        assert Case.objects.get(article=other).state == "proposed"


def test_their_number_costs_no_queries() -> None:
    ours, *_others = (article_with() for _ in range(12))
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    for address in (f"/admin/corrections/case/{case.pk}/change/", address_of(case)):
        desk.client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.client.get(address).status_code == 200
        assert len(queries) <= 30, [query["sql"][:100] for query in queries]


def test_a_typing_error_is_published_everywhere_and_undone_together() -> None:
    ours, other, third = (article_with("serivce") for _ in range(3))
    case, desk = make_case(ours, "serivce", "service"), Desk()
    desk.client.post(address_of(case), {"echoes": keys(desk, case), "decision": "settle"})
    assert Decision.objects.filter(state="pending").count() == 2
    desk.client.post(f"/admin/corrections/case/undo/{Decision.objects.latest('pk').pk}/")
    assert not Decision.objects.filter(state="pending").exists()
    desk.client.post(address_of(case), {"echoes": keys(desk, case), "decision": "settle"})
    pass_the_time()
    for article in (other, third):
        assert "years of service" in current_revision(article).require_content().text
        assert current_revision(article).kind == Kind.TYPO
    assert current_revision(ours).number == 1


def test_they_can_be_opened_as_cases_and_decided_one_by_one() -> None:
    ours, other = article_with(), article_with()
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    desk.client.post(address_of(case), {"echoes": keys(desk, case), "decision": "open"})
    own = Case.objects.get(article=other)
    page = desk.open(own)
    shown = page.content.decode()
    assert "The desk found this by itself" in shown
    assert "0 readers" not in shown
    assert 'value="ask"' not in shown  # there is no reader to be asked
    assert desk.send(page, "propose").status_code == 302
    assert Proposal.objects.get().article == other
    assert "0 readers" not in desk.client.get("/admin/corrections/case/").content.decode()


def test_after_a_publication_they_are_shown_at_the_case() -> None:
    ours, other = article_with("serivce"), article_with("serivce")
    case, desk = make_case(ours, "serivce", "service"), Desk()
    desk.decide(case, "publish")
    case.refresh_from_db()
    assert case.state == "published"
    [key] = keys(desk, case)
    assert key.startswith(f"{other.current_id}-body-")


def test_what_changed_since_is_not_touched_and_an_auditor_only_looks() -> None:
    ours, other = article_with(), article_with()
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    ticked = keys(desk, case)
    make_revision(other, find="67 years", put="many years")
    desk.client.post(address_of(case), {"echoes": ticked, "decision": "settle"})
    assert not Case.objects.filter(article=other).exists()
    auditor = Desk(group=AUDITOR)
    assert auditor.client.get(address_of(case)).status_code == 200
    assert auditor.client.post(address_of(case), {"echoes": ticked}).status_code == 403
    assert desk.client.get("/admin/corrections/case/0/echoes/").status_code == 404


def test_another_wording_than_was_shown_is_not_put_in() -> None:
    ours, other = article_with(), article_with()
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    ticked = keys(desk, case)
    case.suggestions.update(replacement="58")  # readers propose another meanwhile
    desk.client.post(address_of(case), {"echoes": ticked, "decision": "settle"})
    assert not Case.objects.filter(article=other).exists()
    assert keys(desk, case) not in ([], ticked)


def test_a_case_of_the_desk_with_another_wording_is_decided_on_its_own_page() -> None:
    ours, other = article_with(), article_with()
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    desk.client.post(address_of(case), {"echoes": keys(desk, case), "decision": "open"})
    assert len(keys(desk, case)) == 1
    case.suggestions.update(replacement="58")
    assert keys(desk, case) == []
    assert f"/{Case.objects.get(article=other).pk}/change/" in desk.client.get(address_of(case)).content.decode()


def test_words_that_are_withheld_are_put_in_nowhere_else() -> None:
    ours, other = article_with(), article_with()
    case, desk = make_case(ours, "67", "57", category="fact"), Desk()
    desk.client.post(address_of(case), {"echoes": keys(desk, case), "decision": "open"})
    make_revision(ours, find="67", put="57")
    make_revision(ours, find="57", put="67")
    withhold(ours, number=2)
    own = Case.objects.get(article=other)
    assert (own.exact, own.replacement) == ("67", None)
    assert set(Case.history.filter(id=own.pk).values_list("replacement", flat=True)) <= {None}
    assert desk.open(own).status_code == 200


def test_what_readers_reported_there_is_decided_on_its_own_page() -> None:
    ours, other = article_with(), article_with()
    case, theirs = (make_case(article, "67", "57", category="fact") for article in (ours, other))
    desk = Desk(group=STANDARDS_EDITOR)
    assert keys(desk, case) == []
    assert f"/{theirs.pk}/change/" in desk.client.get(address_of(case)).content.decode()
